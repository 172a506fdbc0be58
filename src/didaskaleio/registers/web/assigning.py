"""The assessors of one candidacy: who, in what state, changes, conflicts, a third person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.models import Person
from didaskaleio.registers import assessments, operations
from didaskaleio.registers.enums import (
    LIVE,
    AssessmentState,
    CandidacyState,
    ReconciliationState,
)
from didaskaleio.registers.lifecycle import ASSESSMENT, CANDIDACY, RECONCILIATION
from didaskaleio.registers.models import Assessment, Candidacy, Reconciliation
from didaskaleio.registers.web.assessment_forms import WhoForm
from didaskaleio.registers.web.assessment_rows import board_crumbs, reductions, tally_of

DONE = {
    "give": "Ανατέθηκε.",
    "replace": "Η υποψηφιότητα ανατέθηκε σε άλλο πρόσωπο.",
    "conflict": "Η σύγκρουση συμφερόντων καταχωρίστηκε.",
    "arbiter": "Ορίστηκε το πρόσωπο που αποφασίζει, και ειδοποιείται.",
}


@dataclass(frozen=True)
class Row:
    """One assessment as the officer sees it; what was judged only after its submission."""

    assessment: Assessment
    points: str
    reduced: list[Any]
    replaceable: bool


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at}


@guarded("candidacy.assign")
def candidacy_assessors(request: Request, pk: int) -> HttpResponse:
    """Who assesses a candidacy; every change with its reason."""
    found = Candidacy.objects.select_related("call__body", "person", "submission")
    row = one(request, "candidacy.assign", found, pk=pk)
    offered = assessments.candidates_for(row, request.at)
    act = request.POST.get("act", "")
    forms = _forms(request, act, offered)
    form = forms.get(act)
    if form is not None and form.is_valid() and _acted(request, row, act, form):
        return redirect("registers:candidacy-assessors", pk)
    live = Assessment.objects.filter(candidacy=row, state__in=LIVE).select_related("person")
    context = {
        "candidacy": row,
        "call": row.call,
        "cycle": CANDIDACY,
        "assessment_cycle": ASSESSMENT,
        "reconciliation_cycle": RECONCILIATION,
        "rows": [_row(row, each) for each in live.order_by("pk")],
        "forms": forms,
        "refused": [(person, why) for person, _, why in offered if why],
        "conflicts": row.conflicts.select_related("person").order_by("pk"),
        "reconciliation": Reconciliation.objects.filter(candidacy=row).first(),
        "trail": assessments.trail(row),
        "crumbs": board_crumbs(row.call, f"Υποψηφιότητα {row.code}"),
    } | _may(row)
    status = 422 if form is not None and form.errors else 200
    return render(request, "registers/candidacy_assessors.html", context, status=status)


def _may(row: Candidacy) -> dict[str, bool]:
    """Which changes stand open: a gap to fill, a third person to name."""
    plan = assessments.plan_of(row.call)
    live = row.assessments.filter(state__in=LIVE).count()
    complete = row.state == CandidacyState.COMPLETE
    dispute = Reconciliation.objects.filter(candidacy=row)
    return {
        "complete": complete,
        "gap": bool(complete and plan and live < plan.each),
        "disputed": complete and dispute.exclude(state=ReconciliationState.SETTLED).exists(),
    }


def _forms(
    request: Request, act: str, offered: list[tuple[Person, int, str]]
) -> dict[str, WhoForm]:
    """The four forms of the page; the one that was posted holds what was sent."""
    free = [(person, load) for person, load, why in offered if not why]
    everybody = [(person, load) for person, load, _ in offered]
    people = {"give": free, "replace": free, "conflict": everybody, "arbiter": free}
    return {
        name: WhoForm(
            choices,
            request.POST if act == name else None,
            reasoned=name != "give",
            auto_id=f"{name}_%s",
        )
        for name, choices in people.items()
    }


def _row(candidacy: Candidacy, each: Assessment) -> Row:
    if each.state != AssessmentState.SUBMITTED:
        return Row(each, "", [], replaceable=candidacy.state == CandidacyState.COMPLETE)
    tally = tally_of(candidacy, each.verdicts)
    reduced = reductions(assessments.claims_of(candidacy), each.verdicts)
    return Row(each, tally.points if tally else "", reduced, replaceable=False)


def _acted(request: Request, row: Candidacy, act: str, form: WhoForm) -> bool:
    person, by = form.cleaned_data["person"], _by(request)
    reason = form.cleaned_data.get("reason", "")
    try:
        if act == "give":
            operations.give(row, person, **by)
        elif act == "conflict":
            operations.register_conflict(row, person, reason=reason, **by)
        elif act == "arbiter":
            dispute = Reconciliation.objects.get(candidacy=row)
            operations.name_arbiter(dispute, person, reason=reason, **by)
        else:
            operations.replace(_of(request, row), person, reason=reason, **by)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, DONE[act])
    return True


def _of(request: Request, row: Candidacy) -> Assessment:
    """The assessment that is taken from somebody: one of this candidacy."""
    asked = request.POST.get("assessment", "")
    found = Assessment.objects.filter(candidacy=row, state=AssessmentState.ASSIGNED)
    known = {str(each.pk): each for each in found.select_related("call", "candidacy")}
    if asked not in known:
        raise Refusal("Η ανάθεση δεν ισχύει πια. Ανανεώστε τη σελίδα.")
    return known[asked]
