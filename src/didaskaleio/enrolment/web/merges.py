"""The officer's pages about merges: ask for a plan, look at it, decide each line or all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.enums import LineDecision, MergePlanState
from didaskaleio.enrolment.lifecycle import MERGE_PLAN
from didaskaleio.enrolment.models import MergeLine, MergeMove, MergePlan
from didaskaleio.enrolment.operations.merge_plans import DECIDED, LOOKED_AT
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import TrainingPeriod

PAGE = 20
ACTS = {
    "accept": LineDecision.ACCEPTED,
    "refuse": LineDecision.REFUSED,
    "reopen": LineDecision.OPEN,
}
SHEET = ("category", "cluster", "centre__prefecture")


@guarded("period.manage")
def merges(request: Request, period: str) -> HttpResponse:
    """What fills, the plans so far; a post asks for a new one."""
    periods = TrainingPeriod.objects.select_related("action")
    the = one(request, "period.manage", periods, code=period)
    if request.method == "POST":
        made = operations.ask_merges(the, actor=request.actor, at=request.at)
        return redirect("kernel:work", made.work.key)  # type: ignore[union-attr]
    filling = the.programmes.filter(state=ProgrammeState.FILLING).count()
    context = {
        "period": the,
        "filling": filling,
        "may_ask": filling and the.state in LOOKED_AT,
        "plans": the.merge_plans.select_related("asked_by")[:20],
        "cycle": MERGE_PLAN,
    }
    return render(request, "enrolment/merges.html", context)


@guarded("merge_plan.read")
def merge_plan(request: Request, pk: int) -> HttpResponse:
    """Today beside the plan, then each programme with its people and the decision."""
    found = MergePlan.objects.select_related("period__action__body", "asked_by", "work")
    row = one(request, "merge_plan.read", found, pk=pk)
    page = Paginator(_lines(row), PAGE).get_page(request.GET.get("page"))
    waiting = row.lines.filter(verdict__in=DECIDED, decision=LineDecision.OPEN).count()
    decides = row.state == MergePlanState.READY and access.allowed(
        request.actor, "merge_plan.decide", row
    )
    context = {
        "row": row,
        "cycle": MERGE_PLAN,
        "states": MergePlanState,
        "page": page,
        "lines": [(line, _targets(line)) for line in page],
        "waiting": waiting,
        "decides": decides,
        "steps": buttons(request, MERGE_PLAN, row),
        "entries": journal.of(row)[:30],
    }
    return render(request, "enrolment/merge_plan.html", context)


def _lines(row: MergePlan) -> Any:
    moves = MergeMove.objects.select_related(
        "target__cluster", "target__centre", "target__category"
    )
    rows = row.lines.select_related(*(f"programme__{part}" for part in SHEET), "decided_by")
    told = rows.annotate(many=Count("moves"), seatless=Count("moves", filter=Q(moves__target=None)))
    ordered = told.order_by("programme__cluster__order", "programme__code", "pk")
    return ordered.prefetch_related(Prefetch("moves", queryset=moves))


def _targets(line: MergeLine) -> list[dict[str, Any]]:
    """Where the people of a line go: each programme with how many, and how many had listed it."""
    found: dict[int, dict[str, Any]] = {}
    for move in line.moves.all():
        if move.target is not None:
            there = found.setdefault(
                move.target.pk, {"programme": move.target, "many": 0, "wished": 0}
            )
            there["many"] += 1
            there["wished"] += move.wish is not None
    return list(found.values())


@require_POST
@guarded("merge_plan.decide")
def decide_all(request: Request, pk: int, act: str) -> HttpResponseRedirect:
    """One decision for every line that waits."""
    return _decided(request, pk, act, None)


@require_POST
@guarded("merge_plan.decide")
def decide_line(request: Request, pk: int, line: int, act: str) -> HttpResponseRedirect:
    """The decision about one line, or taking it back."""
    return _decided(request, pk, act, line)


def _decided(request: Request, pk: int, act: str, line: int | None) -> HttpResponseRedirect:
    row = one(request, "merge_plan.decide", MergePlan.objects.all(), pk=pk)
    if act not in ACTS:
        raise Http404
    if line is not None:
        get_object_or_404(row.lines, pk=line)
    many = operations.decide_merges(
        row,
        ACTS[act],
        reason=request.POST.get("reason", "").replace("\0", "")[:500],
        actor=request.actor,
        at=request.at,
        line=line,
    )
    messages.success(request, f"Αποφάσεις που γράφτηκαν: {many}. Δεν μετακινήθηκε κανείς ακόμη.")
    return HttpResponseRedirect(reverse("enrolment:merge-plan", args=[pk]))
