"""Απομακρυσμένη υπογραφή (remote signing): to the provider and back, twice, then one signature.

Until the signature is here and has been judged like any file from outside, the case stays at
its turn: what breaks off in the middle leaves nothing behind but a try that expires.
"""

from __future__ import annotations

import base64
import secrets
import uuid
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from didaskaleio.credentials import queries
from didaskaleio.credentials.enums import Method
from didaskaleio.credentials.models import RemoteSigning, Signatory, SigningCase
from didaskaleio.credentials.operations.signing import field_of, record, require_turn, take_turn
from didaskaleio.credentials.remote.port import Certified, Doorway, Provider, RefusedError
from didaskaleio.credentials.signing import adding
from didaskaleio.credentials.signing.adding import Prepared
from didaskaleio.credentials.signing.apart import judge_apart
from didaskaleio.credentials.signing.errors import NotYourTurnError, SignatureRefusedError
from didaskaleio.kernel.access import Actor

PATIENCE = timedelta(minutes=15)
BEGIN_AGAIN = "Ξεκινήστε ξανά την απομακρυσμένη υπογραφή από τη σελίδα του εγγράφου."


def begin_remote(
    case: SigningCase, provider: Provider, *, back: str, actor: Actor, at: datetime
) -> str:
    """Begin at the provider (έναρξη): the address to which the person goes; one try at a time."""
    turn, base = require_turn(case, actor)
    RemoteSigning.objects.filter(person_id=actor.person_id).delete()
    RemoteSigning.objects.filter(expires_at__lt=at).delete()
    row = RemoteSigning(
        signatory=turn,
        person_id=actor.person_id,
        verifier=secrets.token_urlsafe(48),
        base=sha256(base).hexdigest(),
        expires_at=at + PATIENCE,
    )
    address = provider.to_enter(_door(row, back))
    row.save()
    return address


def open_try(key: uuid.UUID, *, actor: Actor, at: datetime) -> RemoteSigning:
    """The try to which a return from the provider belongs: of the same person, in time."""
    rows = RemoteSigning.objects.select_related("signatory__case", "signatory__person")
    row = rows.filter(key=key, person_id=actor.person_id, expires_at__gte=at).first()
    if row is None:
        raise RefusedError(f"Η απομακρυσμένη υπογραφή έληξε ή έγινε ήδη. {BEGIN_AGAIN}")
    return row


def prepare_remote(
    row: RemoteSigning, provider: Provider, code: str, *, back: str, actor: Actor, at: datetime
) -> str:
    """After the first return (προετοιμασία): the address where this very hash is allowed."""
    case = row.signatory.case
    _, base = require_turn(case, actor)
    found = provider.certified(_door(row, back), code)
    if not found:
        raise RefusedError(
            "Ο πάροχος δεν έχει πιστοποιητικό σας που να υπογράφει από εδώ. "
            "Υπογράψτε με άλλον τρόπο ή ζητήστε του να το ενεργοποιήσει."
        )
    chosen = found[0]
    reason = row.signatory.capacity or "Υπογραφή"
    chain = list(chosen.certificates)
    ready = adding.prepare(base, chain, field=field_of(row.signatory), reason=reason, at=at)
    row.key, row.verifier = uuid.uuid4(), secrets.token_urlsafe(48)
    row.credential, row.algorithm = chosen.credential, chosen.algorithm
    row.certificates = [base64.b64encode(one).decode() for one in chain]
    row.prepared, row.attributes = ready.pdf, ready.attributes
    row.base = sha256(base).hexdigest()
    row.save()
    return provider.to_sign(_door(row, back), chosen.credential, ready.digest, case.title)


def sign_remotely(
    row: RemoteSigning, provider: Provider, code: str, *, back: str, actor: Actor, at: datetime
) -> Signatory:
    """After the second return (υπογραφή): the signature, judged, then kept.

    The try is over whatever happens: a permission of the provider serves once.
    """
    row.delete()
    case = row.signatory.case
    turn, base = require_turn(case, actor)
    ready = Prepared(bytes(row.prepared or b""), bytes(row.attributes or b""))
    if turn.pk != row.signatory_id or sha256(base).hexdigest() != row.base:
        raise NotYourTurnError(f"Το έγγραφο άλλαξε στο μεταξύ. {BEGIN_AGAIN}")
    chain = tuple(base64.b64decode(one) for one in row.certificates)
    chosen = Certified(row.credential, chain, row.algorithm)
    made = provider.sign(_door(row, back), code, chosen, ready.digest)
    content = adding.finish(ready, list(chain), made)
    finding = judge_apart(queries.question_of(turn, content, base, at))
    if not finding.valid:
        raise SignatureRefusedError(finding)
    with transaction.atomic():
        signatory, _ = take_turn(case, turn.pk, actor)
        facts = queries.facts_of(finding)
        return record(case, signatory, content, Method.REMOTE, facts, actor=actor, at=at)


def _door(row: RemoteSigning, back: str) -> Doorway:
    return Doorway(str(row.key), row.verifier, back)
