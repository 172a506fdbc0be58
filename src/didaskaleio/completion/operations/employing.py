"""Employment attestations (βεβαιώσεις απασχόλησης): asked for, issued, refused, revoked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.completion import notices as kinds
from didaskaleio.completion.documents import employment_draft
from didaskaleio.completion.errors import AskedAlreadyError, NotFinishedError, NoWorkError
from didaskaleio.completion.lifecycle import EMPLOYMENT
from didaskaleio.completion.models import EmploymentAttestation
from didaskaleio.completion.queries.employment import as_kept, work_of
from didaskaleio.completion.queries.standing import FINISHED
from didaskaleio.credentials import operations as credentials
from didaskaleio.kernel import greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes.models import Programme

EMPLOYMENT.model = EmploymentAttestation
PURPOSE = 200
PAGE = "/employment/"


def ask_employment(
    programme: Programme, *, actor: Actor, at: datetime, purpose: str = ""
) -> EmploymentAttestation:
    """Ask for an attestation of one's own work in a programme (αίτημα βεβαίωσης απασχόλησης).

    Refuses while the programme runs, whoever has no hour on a signed sheet of it, and a second
    request beside a standing one.
    """
    person_id = actor.user_id or 0
    _require_work(programme, person_id, at)
    refusal = AskedAlreadyError(
        f"Για το πρόγραμμα {programme.code} έχετε ήδη αίτημα ή βεβαίωση. Δείτε τα παρακάτω.",
        code="asked_already",
    )
    with transaction.atomic(), unless_taken(refusal):
        asked = EmploymentAttestation.objects.create(
            programme=programme,
            person_id=person_id,
            purpose=greek.clean(purpose).strip()[:PURPOSE],
            at=at,
        )
        journal.write(asked, "Αίτημα βεβαίωσης απασχόλησης", actor=actor, at=at)
    return asked


def _require_work(programme: Programme, person_id: int, at: datetime) -> None:
    if programme.state not in FINISHED:
        raise NotFinishedError(
            f"Το πρόγραμμα {programme.code} συνεχίζεται. Ζητήστε τη βεβαίωση όταν ολοκληρωθεί.",
            code="not_finished",
        )
    if not work_of(programme, person_id, at):
        raise NoWorkError(
            f"Δεν υπάρχουν ώρες απασχόλησης σε υπογεγραμμένα παρουσιολόγια του {programme.code}. "
            "Αν λείπει υπογραφή, υπογράψτε πρώτα το παρουσιολόγιο.",
            code="no_work",
        )


@EMPLOYMENT.performs("issue")
def issue_employment(attestation: EmploymentAttestation, *, actor: Actor, at: datetime) -> None:
    """Number, sign and seal the attestation with the hours as they stand now; tell the person."""
    _require_work(attestation.programme, attestation.person_id, at)
    attestation.work = as_kept(work_of(attestation.programme, attestation.person_id, at))
    draft = employment_draft(attestation, at)
    attestation.credential = credentials.issue(draft, actor=actor, at=at)
    attestation.save(update_fields=["work", "credential"])
    number, code = attestation.credential.number, attestation.credential.code
    _tell(attestation, "εκδόθηκε", f"Αριθμός {number}, κωδικός επαλήθευσης {code}.", at)


@EMPLOYMENT.performs("refuse")
def refuse_employment(
    attestation: EmploymentAttestation, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Refuse the request with a reason (απόρριψη); the person may ask again."""
    _tell(attestation, "δεν εκδίδεται", f"Αιτιολογία: {reason}", at)


@EMPLOYMENT.performs("withdraw")
def withdraw_employment(attestation: EmploymentAttestation, *, actor: Actor, at: datetime) -> None:
    """Take one's own request back (απόσυρση)."""


@EMPLOYMENT.performs("revoke")
def revoke_employment(
    attestation: EmploymentAttestation, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Withdraw an issued attestation (ανάκληση); its public page says so from now on."""
    assert attestation.credential is not None  # noqa: S101 - only what was issued is revoked
    credentials.revoke(attestation.credential, actor=actor, at=at, reason=reason)
    _tell(attestation, "ανακλήθηκε", f"Αιτιολογία: {reason}", at)


def _tell(attestation: EmploymentAttestation, act: str, more: str, at: datetime) -> None:
    message = notices.Message(
        person_id=attestation.person_id,
        title=f"Η βεβαίωση απασχόλησης {act}",
        text=f"Η βεβαίωση απασχόλησης για το πρόγραμμα {attestation.programme.code} {act}. {more}",
        dedupe=f"{attestation.pk}:{act}",
        url=PAGE,
    )
    notices.send(kinds.EMPLOYMENT, [message], at=at)
