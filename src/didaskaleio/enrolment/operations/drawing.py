"""The draw (κλήρωση): beacon by two officers, secret, result, placements: SPEC-draw §1.4."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import events, seal
from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.errors import BeaconRefusedError, SecretUnavailableError
from didaskaleio.enrolment.lifecycle import DRAW
from didaskaleio.enrolment.models import (
    Draw,
)
from didaskaleio.enrolment.operations.placing import figures, write_result
from didaskaleio.kernel import access, greek, jobs, journal
from didaskaleio.kernel import events as kernel_events
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes import parameters


def enter_beacon(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> Draw:
    """Καταχώριση δημόσιας τύχης: the first officer's, or the second's, which decides.

    Equal values make the draw; different ones send both back. The state says which it was.
    """
    draw.refresh_from_db()
    if draw.state != DrawState.BEACON_ENTERED:
        enter_first(draw, actor=actor, at=at, beacon=beacon)
    elif draw.beacon == beacon.strip():
        confirm_and_draw(draw, actor=actor, at=at, beacon=beacon)
    else:
        disagree(draw, actor=actor, at=at, beacon=beacon)
    return draw


@DRAW.performs("enter_beacon")
def enter_first(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Πρώτη καταχώριση: kept hidden until the second officer has entered theirs."""
    draw.beacon = _acceptable(draw, at, beacon)
    draw.first_officer_id = actor.user_id
    draw.save(update_fields=["beacon", "first_officer"])


@DRAW.performs("disagree")
def disagree(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Διαφορετική καταχώριση: both values go to the journal, both officers try again."""
    second = _acceptable(draw, at, beacon)
    _other_person(draw, actor)
    if second == draw.beacon:
        raise BeaconRefusedError("Οι δύο καταχωρίσεις συμπίπτουν.", code="equal")
    journal.write(
        draw,
        "Οι δύο καταχωρίσεις της δημόσιας τύχης διέφεραν",
        actor=actor,
        at=at,
        first=draw.beacon,
        second=second,
    )
    draw.beacon, draw.first_officer = "", None
    draw.save(update_fields=["beacon", "first_officer"])


@DRAW.performs("confirm_and_draw", locks=("period",))
def confirm_and_draw(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Δεύτερη καταχώριση και κλήρωση: the secret is revealed, everything is written; once only."""
    value = _acceptable(draw, at, beacon)
    _other_person(draw, actor)
    if value != draw.beacon:
        raise BeaconRefusedError(
            "Η καταχώριση διαφέρει από την πρώτη. Ελέγξτε την πηγή και ξαναπροσπαθήστε και οι δύο.",
            code="differs",
        )
    secret = revealed_secret(draw)
    draw.second_officer_id = actor.user_id
    _publish(draw, secret, actor, at)


@DRAW.performs("draw_without_secret", locks=("period",))
def draw_without_secret(draw: Draw, *, actor: Actor, at: datetime, reason: str) -> None:
    """Κλήρωση χωρίς το μυστικό: both copies are lost; the ministry's reasoned, published act."""
    known = parameters.of(draw.period.action, at)
    latest = draw.beacon_at + timedelta(hours=known.reveal_hours + known.escrow_hours)
    if at < latest:
        raise SecretUnavailableError(
            f"Το σφραγισμένο αντίγραφο μπορεί να ανοιχτεί έως {greek.long_moment(latest)}. "
            "Χωρίς το μυστικό η κλήρωση γίνεται μόνο μετά.",
            code="too_early",
        )
    if _own_copy(draw) is not None:
        raise SecretUnavailableError(
            "Το αντίγραφο της πλατφόρμας ανοίγει: η κλήρωση γίνεται με το μυστικό.", code="not_lost"
        )
    draw.figures = {"without_secret": reason}
    _publish(draw, None, actor, at)


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
    if draw.state == DrawState.PUBLISHED or (at < due and _own_copy(draw) is not None):
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


def _own_copy(draw: Draw) -> bytes | None:
    try:
        return seal.unseal(bytes(draw.secret_sealed or b""), settings.SECRET_KEY, draw.period.code)
    except seal.SealBrokenError:
        return None


def revealed_secret(draw: Draw) -> str:
    """The committed secret as 64 hex digits, or the refusal that says whose copy is needed."""
    secret = _own_copy(draw)
    if secret is None or not _is_committed(draw, secret.hex()):
        raise SecretUnavailableError(
            "Το μυστικό δεν ανοίγει στην πλατφόρμα. Ζητήστε από το Υπουργείο να ανοίξει το "
            "σφραγισμένο αντίγραφο.",
            code="lost",
        )
    return secret.hex()


def _acceptable(draw: Draw, at: datetime, beacon: str) -> str:
    value = beacon.strip()
    if at < draw.beacon_at:
        raise BeaconRefusedError(
            f"Η δημόσια τύχη γίνεται γνωστή {greek.long_moment(draw.beacon_at)}. "
            "Καταχωρίστε την μετά.",
            code="too_early",
        )
    if not (draws.valid_beacon(value) and draws.beacon_matches(draw.beacon_pattern, value)):
        raise BeaconRefusedError(
            f"Η τιμή δεν έχει τη μορφή που ανακοινώθηκε ({draw.beacon_pattern}), "
            f"όπως {draw.beacon_example}.",
            code="form",
        )
    return value


def _other_person(draw: Draw, actor: Actor) -> None:
    if actor.user_id == draw.first_officer_id:
        raise BeaconRefusedError(
            "Η δεύτερη καταχώριση γίνεται από άλλο πρόσωπο. Ζητήστε τη από δεύτερο στέλεχος.",
            code="same_person",
        )


def _publish(draw: Draw, secret: str | None, actor: Actor, at: datetime) -> None:
    """Compute from the frozen bytes and write everything that follows, set-based."""
    draw.bundle = draws.assemble_bundle(
        bytes(draw.frozen or b""),
        commitment=draw.commitment,
        secret=secret,
        beacon=draw.beacon,
        beacon_pattern=draw.beacon_pattern,
    )
    bundle = draws.read_bundle(draw.bundle)
    result = draws.draw(bundle)
    draw.result = draws.result_bytes(result)
    draw.published_at = at
    draw.figures |= figures(bundle, result)
    draw.save()
    write_result(draw.period, actor=SYSTEM, at=at, bundle=bundle, result=result)
    journal.write(
        draw,
        "Δημοσιεύθηκαν δεδομένα και αποτέλεσμα",
        actor=actor,
        at=at,
        seed=result.seed,
        secret=secret,
        beacon=draw.beacon,
        bundle=hashlib.sha256(draw.bundle).hexdigest(),
        result=hashlib.sha256(draw.result).hexdigest(),
    )
    jobs.enqueue("enrolment.tell_drawn", draw_id=draw.pk)
    kernel_events.publish(events.DrawPublished(draw.pk, draw.period_id, at))
