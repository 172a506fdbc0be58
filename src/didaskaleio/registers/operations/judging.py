"""The judgement of an assessor (κρίση αξιολογητή): draft, submission, conflict (R-018)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, notices
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.notices import Message
from didaskaleio.registers import assessments, judging
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import LIVE, AssessmentState, ConflictKind
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.judging import Verdicts
from didaskaleio.registers.lifecycle import ASSESSMENT, CANDIDACY
from didaskaleio.registers.models import Assessment, Candidacy, Conflict, Reconciliation


@transaction.atomic
def save_verdicts(
    assessment: Assessment, *, verdicts: Verdicts, actor: Actor, at: datetime
) -> None:
    """Πρόχειρη κρίση: kept as it is, to be continued; nobody else sees it."""
    rows = Assessment.objects.select_related("call", "candidacy")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=assessment.pk)
    access.require(actor, "assessment.judge", row)
    if not ASSESSMENT.can("submit", row, actor, at):
        raise StepRefusedError("Η αξιολόγηση δεν αλλάζει πια. Ανανεώστε τη σελίδα.")
    row.verdicts, row.saved_at = _of_claims(row, verdicts), at
    row.save(update_fields=["verdicts", "saved_at"])
    assessment.verdicts, assessment.saved_at = row.verdicts, at


def _of_claims(assessment: Assessment, verdicts: Verdicts) -> dict[str, dict[str, str]]:
    known = {claim.key for claim in assessments.claims_of(assessment.candidacy)}
    return {key: dict(one) for key, one in verdicts.items() if key in known}


@ASSESSMENT.performs("submit", locks=("call", "candidacy"))
def submit_assessment(
    assessment: Assessment, *, actor: Actor, at: datetime, verdicts: Verdicts
) -> None:
    """Υποβολή αξιολόγησης: each claim accepted, or reduced with a reason; it changes no more.

    The last of the assessors of a candidacy ends its assessment, or opens the reconciliation of
    what differs. Refused: a claim that was not judged, a reduction without a reason.
    """
    kept = _of_claims(assessment, verdicts)
    if wrong := judging.missing(assessments.claims_of(assessment.candidacy), kept):
        raise AssessmentRefusedError(" ".join(problem.text for problem in wrong))
    assessment.verdicts, assessment.saved_at, assessment.submitted_at = kept, at, at
    _conclude(assessment, at)


def _conclude(assessment: Assessment, at: datetime) -> None:
    candidacy, plan = assessment.candidacy, assessments.plan_of(assessment.call)
    live = Assessment.objects.filter(candidacy=candidacy, state__in=LIVE)
    others = list(live.exclude(pk=assessment.pk).order_by("pk"))
    all_in = all(one.state == AssessmentState.SUBMITTED for one in others)
    if plan is None or not all_in or len(others) + 1 < plan.each:
        return
    verdicts = [one.verdicts for one in others] + [assessment.verdicts]
    if judging.differing(verdicts):
        _open_reconciliation(candidacy, [*others, assessment], at)
    else:
        assess(candidacy, actor=SYSTEM, at=at, rulings=judging.merged(verdicts, {}))


def _open_reconciliation(candidacy: Candidacy, judged: list[Assessment], at: datetime) -> None:
    row = Reconciliation.objects.create(call=candidacy.call, candidacy=candidacy, opened_at=at)
    url = reverse("registers:reconciliation", args=[row.pk])
    title = f"Διαφωνία στην υποψηφιότητα {candidacy.code}"
    text = "Οι κρίσεις διαφέρουν σε ορισμένα μόρια. Προτείνετε τι ισχύει ή συμφωνήστε."
    mark = f"reconcile-{row.pk}"
    news = [Message(one.person_id, title, text, mark, url) for one in judged]
    notices.send(kinds.RECONCILE, news, at=at)


@CANDIDACY.performs("assess", locks=("call",))
def assess(
    candidacy: Candidacy,
    *,
    actor: Actor,
    at: datetime,
    rulings: Mapping[str, Mapping[str, Any]],
) -> None:
    """Ολοκλήρωση αξιολόγησης: what stands of the claims is written down for the ranking.

    The platform takes the step: the candidate reads the history of the candidacy, and who judged
    it stands in that of the assessments.
    """
    candidacy.rulings = {key: dict(one) for key, one in rulings.items()}


@ASSESSMENT.performs("recuse", locks=("call", "candidacy"))
def recuse(assessment: Assessment, *, actor: Actor, at: datetime, reason: str) -> None:
    """Δήλωση σύγκρουσης συμφερόντων: the candidacy goes to somebody else, for good."""
    Conflict.objects.get_or_create(
        candidacy=assessment.candidacy,
        person_id=assessment.person_id,
        defaults={"kind": ConflictKind.DECLARED, "reason": reason.strip(), "at": at},
    )
