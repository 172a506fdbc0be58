"""Φάκελοι υπογραφών (signing cases): opened over a document, signed in order, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model

from didaskaleio.credentials import queries
from didaskaleio.credentials.documents import SIGNED
from didaskaleio.credentials.enums import Method, SigningState
from didaskaleio.credentials.events import SignerSigned
from didaskaleio.credentials.lifecycle import SIGNING
from didaskaleio.credentials.models import Signatory, SigningCase
from didaskaleio.credentials.operations import telling
from didaskaleio.credentials.operations.issuing import keys_of
from didaskaleio.credentials.signing import adding
from didaskaleio.credentials.signing.apart import judge_apart
from didaskaleio.credentials.signing.errors import NotYourTurnError, SignatureRefusedError
from didaskaleio.kernel import access, events, files, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody

SIGNING.model = SigningCase
PATIENCE = timedelta(days=5)  # until a signatory is reminded
MOST = 12


@dataclass(frozen=True)
class By:
    """Ποιος υπογράφει: a person, or a body with its seal, and in which capacity.

    ``role`` over ``scope`` names the post by which a person signs, where the document does not
    bear their own name.
    """

    person: Person | None = None
    body: ImplementingBody | None = None
    capacity: str = ""
    role: str = ""
    scope: str = ""
    scope_id: int | None = None


def open_case(
    document: StoredDocument,
    *,
    subject: Model,
    signers: Sequence[By],
    body: ImplementingBody,
    actor: Actor,
    at: datetime,
    title: str = "",
) -> SigningCase:
    """Open a case (άνοιγμα φακέλου) over an issued document, for the room whose ``subject`` it is.

    That room asks for the permission. Refuses a document that its seal has closed, signers who
    come twice, a document that is being signed already.
    """
    _require_signers(signers)
    content = files.read(document.file)
    adding.require_growth(content)
    case = SigningCase(
        title=title or document.title,
        body=body,
        document=document,
        subject=journal.label(subject),
        subject_id=subject.pk,
        opened_by_id=actor.user_id,
        opened_at=at,
        remind_at=at + PATIENCE,
    )
    with unless_taken(Refusal("Το έγγραφο υπογράφεται ήδη σε άλλον φάκελο. Ανοίξτε εκείνον.")):
        case.save()
        rows = [
            Signatory(case=case, order=place, **vars(by)) for place, by in enumerate(signers, 1)
        ]
        case.turn = Signatory.objects.bulk_create(rows)[0]
        paper = adding.ready(content)
        case.file = files.store(SIGNED, paper, document.file.name, case, actor=actor, at=at)
        case.save(update_fields=["turn", "file"])
        journal.write(case, "Άνοιγμα φακέλου υπογραφών", actor=actor, at=at)
        telling.tell_turn(case, at)
    return case


def _require_signers(signers: Sequence[By]) -> None:
    keys = [(by.person and by.person.pk, by.body and by.body.pk) for by in signers]
    if not keys or len(keys) > MOST:
        raise Refusal(f"Ορίστε από ένα έως {MOST} πρόσωπα ή φορείς που υπογράφουν.")
    if len(set(keys)) < len(keys) or any((one is None) == (two is None) for one, two in keys):
        raise Refusal("Κάθε πρόσωπο ή φορέας υπογράφει μία φορά. Αφαιρέστε όσα επαναλαμβάνονται.")


def sign_by_seal(case: SigningCase, *, actor: Actor, at: datetime) -> Signatory:
    """Seal the turn of a body (σφράγιση): with the body's own keys, by whoever acts for it."""
    with transaction.atomic():
        signatory, content = take_turn(case, case.turn_id, actor)
        if signatory.body is None:
            raise NotYourTurnError("Σε αυτή τη σειρά υπογράφει πρόσωπο, όχι η σφραγίδα του φορέα.")
        sealer = keys_of(signatory.body).sealer
        field, reason = field_of(signatory), signatory.capacity or "Σφραγίδα του φορέα"
        signed = adding.seal_turn(content, sealer, field=field, reason=reason, at=at)
        facts = [["Σφραγίδα", sealer.organisation], ["Στιγμή", "Ώρα της πλατφόρμας"]]
        return record(case, signatory, signed, Method.SEAL, facts, actor=actor, at=at)


def sign_by_upload(case: SigningCase, content: bytes, *, actor: Actor, at: datetime) -> Signatory:
    """Accept the document as it was signed elsewhere (ανέβασμα): after every check of it.

    SignatureRefusedError tells which rule the file breaks; then nothing has changed.
    """
    turn, base = require_turn(case, actor)
    if len(content) > SIGNED.limit:
        raise files.FileRefusedError("Το αρχείο ξεπερνά τα 20 MB. Υπογράψτε ξανά το πρωτότυπο.")
    finding = judge_apart(queries.question_of(turn, content, base, at))
    if not finding.valid:
        raise SignatureRefusedError(finding)
    with transaction.atomic():
        signatory, _ = take_turn(case, turn.pk, actor)
        facts = queries.facts_of(finding)
        return record(case, signatory, content, Method.UPLOAD, facts, actor=actor, at=at)


def require_turn(case: SigningCase, actor: Actor) -> tuple[Signatory, bytes]:
    """The turn of a person as the caller saw it, and the document so far; nothing is held."""
    access.require(actor, "signing_case.sign", case)
    turn = case.turn
    if turn is None or turn.person is None or case.file is None:
        raise NotYourTurnError("Σε αυτή τη σειρά δεν υπογράφει πρόσωπο. Ανανεώστε τη σελίδα.")
    return turn, files.read(case.file)


def take_turn(case: SigningCase, seen: int | None, actor: Actor) -> tuple[Signatory, bytes]:
    """The turn that the caller saw, held until the end of the act, and the document so far."""
    held = SigningCase.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if held.turn_id is None or held.turn_id != seen:
        raise NotYourTurnError(
            "Το έγγραφο υπογράφηκε ή έκλεισε στο μεταξύ. Ανανεώστε τη σελίδα για να δείτε πού "
            "βρίσκεται.",
            code="turn",
        )
    signatory = Signatory.objects.select_related("person", "body").get(pk=seen)
    if case.turn is not None and case.turn.person_id != signatory.person_id:
        raise NotYourTurnError(
            "Στη σειρά αυτή υπογράφει πια άλλο πρόσωπο. Ανανεώστε τη σελίδα για να δείτε ποιο.",
            code="turn",
        )
    access.require(actor, "signing_case.sign", held)
    assert held.file is not None  # noqa: S101 - every case has one from the moment it opens
    return signatory, files.read(held.file)


def record(
    case: SigningCase,
    signatory: Signatory,
    signed: bytes,
    method: Method,
    facts: list[list[str]],
    *,
    actor: Actor,
    at: datetime,
) -> Signatory:
    """Keep a signature that was made or accepted; the turn passes on, or the case ends."""
    _sign(case, signatory, signed, method, facts, actor=actor, at=at)
    events.publish(SignerSigned(case.pk, signatory.pk, case.subject, case.subject_id, at))
    if case.turn_id is None:
        _complete(case, actor=SYSTEM, at=at)
    else:
        telling.tell_turn(case, at)
    return signatory


@SIGNING.performs("sign")
def _sign(
    case: SigningCase,
    signatory: Signatory,
    signed: bytes,
    method: Method,
    facts: list[list[str]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    name = case.file.name if case.file else SIGNED.title
    stored = files.store(SIGNED, signed, name, case, actor=actor, at=at)
    signatory.method, signatory.facts = method, facts
    signatory.signed_at, signatory.file = at, stored
    signatory.save(update_fields=["method", "facts", "signed_at", "file"])
    case.file = stored
    case.turn = case.signatories.filter(signed_at=None).order_by("order").first()
    case.remind_at = at + PATIENCE if case.turn else None


@SIGNING.performs("complete")
def _complete(case: SigningCase, *, actor: Actor, at: datetime) -> None:
    case.ended_at = at
    telling.tell_end(case, SigningState.COMPLETED, at)


@SIGNING.performs("remind")
def remind(case: SigningCase, *, actor: Actor, at: datetime) -> None:
    """Remind whoever's turn it is (υπενθύμιση), once in each turn."""
    case.remind_at = None
    telling.tell_again(case, at)


@SIGNING.performs("decline")
def decline(case: SigningCase, *, actor: Actor, at: datetime, reason: str) -> None:
    """Refuse to sign (άρνηση): nobody signs the document any more."""
    _end(case, at)
    telling.tell_end(case, SigningState.DECLINED, at, f"{actor.name}: {reason}")


@SIGNING.performs("withdraw")
def withdraw(case: SigningCase, *, actor: Actor, at: datetime, reason: str) -> None:
    """Withdraw a case (απόσυρση): by the body that opened it."""
    _end(case, at)
    telling.tell_end(case, SigningState.WITHDRAWN, at, reason)


def _end(case: SigningCase, at: datetime) -> None:
    case.turn, case.remind_at, case.ended_at = None, None, at


def field_of(signatory: Signatory) -> str:
    """The name of the signature's field in the document."""
    return f"Signature{signatory.order}"
