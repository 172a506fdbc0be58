"""Reconciliation of assessments that differ (συμφωνία αξιολογητών): R-018."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, journal, notices
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.notices import Message
from didaskaleio.people.models import Person
from didaskaleio.registers import assessments, judging
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import ReconciliationState
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.judging import Verdicts
from didaskaleio.registers.lifecycle import RECONCILIATION
from didaskaleio.registers.models import Call, Reconciliation
from didaskaleio.registers.operations.judging import assess

LOCKS = ("call", "candidacy")


@RECONCILIATION.performs("propose", locks=LOCKS)
def propose_settlement(
    reconciliation: Reconciliation, *, actor: Actor, at: datetime, verdicts: Verdicts
) -> None:
    """Πρόταση συμφωνίας by one of the assessors, for every question that differs, with reasons."""
    reconciliation.verdicts = _settled(reconciliation, verdicts)
    reconciliation.proposer_id, reconciliation.proposed_at = actor.person_id, at
    text = "Υπάρχει πρόταση για όσα διαφέρουν. Συμφωνήστε ή κάντε άλλη πρόταση."
    _tell(reconciliation, text, f"proposed-{at.isoformat()}", at, but=actor.person_id)


@RECONCILIATION.performs("agree", locks=LOCKS)
def agree(reconciliation: Reconciliation, *, actor: Actor, at: datetime, seen: str) -> None:
    """Συμφωνία: another assessor accepts the proposal that was on the screen; it stands."""
    if reconciliation.proposer_id == actor.user_id:
        raise AssessmentRefusedError("Τη δική σας πρόταση τη δέχεται ο άλλος αξιολογητής.")
    if seen != reconciliation.seal:
        raise AssessmentRefusedError("Η πρόταση άλλαξε στο μεταξύ. Διαβάστε τη νέα και αποφασίστε.")
    _finish(reconciliation, at)


@RECONCILIATION.performs("settle", locks=LOCKS)
def settle(
    reconciliation: Reconciliation, *, actor: Actor, at: datetime, verdicts: Verdicts
) -> None:
    """Απόφαση of the third person on every question that differs, with reasons."""
    reconciliation.verdicts = _settled(reconciliation, verdicts)
    _finish(reconciliation, at)


def _settled(reconciliation: Reconciliation, verdicts: Verdicts) -> dict[str, dict[str, str]]:
    claims = assessments.disputed_claims(reconciliation.candidacy)
    if wrong := judging.missing(claims, verdicts, reasons=True):
        raise AssessmentRefusedError(" ".join(problem.text for problem in wrong))
    return {claim.key: dict(verdicts[claim.key]) for claim in claims}


def _finish(reconciliation: Reconciliation, at: datetime) -> None:
    candidacy = reconciliation.candidacy
    found = [one.verdicts for one in assessments.submitted(candidacy)]
    merged = judging.merged(found, reconciliation.verdicts)
    assess(candidacy, actor=SYSTEM, at=at, rulings=merged)


@transaction.atomic
def name_arbiter(
    reconciliation: Reconciliation, person: Person, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Ορισμός τρίτου προσώπου who decides alone; of the assessors of the call, free of conflict.

    Refused: one who judges the candidacy already, one in conflict, a reconciliation that is over.
    """
    Call.objects.select_for_update(of=("self",), no_key=True).get(pk=reconciliation.call_id)
    rows = Reconciliation.objects.select_related("call", "candidacy__call")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=reconciliation.pk)
    access.require(actor, "reconciliation.name", row)
    access.require(actor, "candidacy.assign", row.candidacy)
    if row.state == ReconciliationState.SETTLED:
        raise AssessmentRefusedError("Οι αξιολογητές συμφώνησαν στο μεταξύ.")
    found = {one.pk: no for one, _, no in assessments.candidates_for(row.candidacy, at)}
    if why := found.get(person.pk, "Δεν έχει οριστεί για την πρόσκληση."):
        raise AssessmentRefusedError(f"{person}: {why} Διαλέξτε άλλο πρόσωπο.")
    row.arbiter, row.state = person, ReconciliationState.OPEN
    row.verdicts, row.proposer, row.proposed_at = {}, None, None
    row.save()
    act = f"Ορίστηκε να αποφασίσει: {person}"[:200]
    journal.write(row, act, actor=actor, at=at, reason=reason, person=person.pk)
    title = f"Διαφωνία στην υποψηφιότητα {row.candidacy.code}"
    url = reverse("registers:reconciliation", args=[row.pk])
    text = "Ο φορέας σάς όρισε να αποφασίσετε όσα διαφέρουν στις δύο κρίσεις."
    message = Message(person.pk, title, text, f"arbiter-{row.pk}-{at.isoformat()}", url)
    notices.send(kinds.RECONCILE, [message], at=at)


def _tell(row: Reconciliation, text: str, news: str, at: datetime, *, but: int) -> None:
    title = f"Διαφωνία στην υποψηφιότητα {row.candidacy.code}"
    url = reverse("registers:reconciliation", args=[row.pk])
    people = [one.person_id for one in assessments.submitted(row.candidacy)]
    messages = [
        Message(pk, title, text, f"reconciliation-{row.pk}-{news}", url)
        for pk in people
        if pk != but
    ]
    notices.send(kinds.RECONCILE, messages, at=at)
