"""The secret of the draw (μυστικό): the platform's copy, and the ministry's when it is lost."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from didaskaleio.enrolment import seal
from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.errors import SecretUnavailableError
from didaskaleio.enrolment.models import Draw
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import parameters

DECIDED = (DrawState.COMPUTING, DrawState.PUBLISHED)


def restore_secret(draw: Draw, *, actor: Actor, at: datetime, secret: str) -> Draw:
    """Άνοιγμα του σφραγισμένου αντιγράφου: the ministry hands in what its key opened.

    Only the committed secret is taken; it is kept encrypted until the second officer's entry.
    """
    with transaction.atomic():
        draw = Draw.objects.select_for_update().get(pk=draw.pk)
        access.require(actor, "draw.escrow", draw)
        _escrow_is_due(draw, at)
        value = secret.strip().lower()
        if not _is_committed(draw, value):
            raise SecretUnavailableError(
                "Η τιμή δεν δίνει τη δημοσιευμένη δέσμευση. Ελέγξτε ότι ανοίξατε το αντίγραφο "
                "αυτής της περιόδου.",
                code="not_the_secret",
            )
        draw.secret_sealed = seal.seal(bytes.fromhex(value), settings.SECRET_KEY, draw.period.code)
        draw.save(update_fields=["secret_sealed"])
        journal.write(draw, "Το Υπουργείο άνοιξε το σφραγισμένο αντίγραφο", actor=actor, at=at)
    return draw


def _escrow_is_due(draw: Draw, at: datetime) -> None:
    hours = parameters.of(draw.period.action, at).reveal_hours
    due = draw.beacon_at + timedelta(hours=hours)
    opens = own_copy(draw) is not None
    if draw.state == DrawState.PUBLISHED or (opens and (at < due or draw.state in DECIDED)):
        raise SecretUnavailableError(
            "Το σφραγισμένο αντίγραφο ανοίγει μόνο αν το μυστικό χάθηκε ή δεν αποκαλύφθηκε έως "
            f"{greek.long_moment(due)}.",
            code="not_due",
        )


def _is_committed(draw: Draw, value: str) -> bool:
    try:
        found = hashlib.sha256(bytes.fromhex(value)).hexdigest()
    except ValueError:
        return False
    return len(value) == 64 and found == draw.commitment  # noqa: PLR2004 - 32 bytes in hex


def own_copy(draw: Draw) -> bytes | None:
    """The platform's copy of the secret; None when it is lost or does not open."""
    try:
        return seal.unseal(bytes(draw.secret_sealed or b""), settings.SECRET_KEY, draw.period.code)
    except seal.SealBrokenError:
        return None


def revealed(draw: Draw) -> str:
    """The committed secret as 64 hex digits, or the refusal that says whose copy is needed."""
    secret = own_copy(draw)
    if secret is None or not _is_committed(draw, secret.hex()):
        raise SecretUnavailableError(
            "Το μυστικό δεν ανοίγει στην πλατφόρμα. Ζητήστε από το Υπουργείο να ανοίξει το "
            "σφραγισμένο αντίγραφο.",
            code="lost",
        )
    return secret.hex()
