"""Pages of the body's officers on an assessment: who, the proposal, progress, changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.models import Person
from didaskaleio.people.queries import find_people
from didaskaleio.registers import assessments, operations
from didaskaleio.registers.enums import CallState
from didaskaleio.registers.lifecycle import CALL, CANDIDACY, why_not_ready
from didaskaleio.registers.models import Assessment, Call
from didaskaleio.registers.web.assessment_forms import (
    AppointForm,
    LimitForm,
    PlanForm,
    ReasonForm,
)
from didaskaleio.registers.web.assessment_rows import board_crumbs
from didaskaleio.registers.web.rows import form_page

PAGE = 50
FOUND = 20
OPEN = (CallState.EXPIRED, CallState.ASSESSING)
SHOW = {
    "": "Όλες",
    "bare": "Χωρίς αξιολογητή",
    "differ": "Διαφωνίες",
    "assessed": "Αξιολογήθηκαν",
}


def _call(request: Request, pk: int) -> Call:
    return one(request, "call.manage", Call.objects.select_related("body"), pk=pk)


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at}


@guarded("call.manage")
def board(request: Request, pk: int) -> HttpResponse:
    """Who assesses what: the plan, assessors with their loads, the proposal, the candidacies."""
    row, show = _call(request, pk), request.GET.get("show", "")
    proposal = assessments.proposed(row, request.at) if row.state in OPEN else None
    found = assessments.board(row, show if show in SHOW else "")
    page = Paginator(found.select_related("person"), PAGE).get_page(request.GET.get("page"))
    judges = _judges(page.object_list)
    waits = row.state == CallState.EXPIRED
    context = {
        "call": row,
        "cycle": CALL,
        "candidacy_cycle": CANDIDACY,
        "plan": assessments.plan_of(row),
        "progress": assessments.progress(row, request.at, proposal),
        "proposal": proposal,
        "page": page,
        "rows": [(each, judges.get(each.pk, [])) for each in page],
        "show": show,
        "shows": SHOW.items(),
        "assessing": row.state == CallState.ASSESSING,
        "passed": row.state not in {CallState.DRAFT, CallState.PUBLISHED},
        "open": row.state in {*OPEN, CallState.DRAFT, CallState.PUBLISHED},
        "why": why_not_ready(row, request.at) if waits else "",
        "steps": [b for b in buttons(request, CALL, row) if b.name == "start_assessment"],
        "now": request.at,
        "crumbs": board_crumbs(row),
    }
    return render(request, "registers/assessment_board.html", context)


def _judges(rows: Any) -> dict[int, list[Assessment]]:
    """The assessments of the candidacies of a page, by candidacy."""
    live = assessments.standing(Assessment.objects.filter(candidacy__in=[r.pk for r in rows]))
    found: dict[int, list[Assessment]] = {}
    for each in live.select_related("person").order_by("pk"):
        found.setdefault(each.candidacy_id, []).append(each)
    return found


@require_POST
@guarded("call.manage")
def assign(request: Request, pk: int) -> HttpResponseRedirect:
    """Decide on the proposal that was on the screen."""
    row = _call(request, pk)
    try:
        many = operations.assign(row, seen=request.POST.get("seen", ""), **_by(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Ανατέθηκαν κατά την πρόταση: {many}.")
    return redirect("registers:assessment-board", pk)


@guarded("call.manage")
def plan(request: Request, pk: int) -> HttpResponse:
    """How many assess each candidacy, and until when."""
    row = _call(request, pk)
    known = assessments.plan_of(row)
    shown = {"each": known.each, "due_at": known.due_at} if known else {"each": 1}
    form = PlanForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            operations.plan(row, **_by(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("each" if "πλήθος" in str(refusal) else "due_at", str(refusal))
        else:
            messages.success(request, "Αποθηκεύτηκε.")
            return redirect("registers:assessment-board", pk)
    context = {"form": form, "call": row, "crumbs": board_crumbs(row, "Σχέδιο")}
    context["cancel_url"] = reverse("registers:assessment-board", args=[pk])
    return form_page(request, "registers/assessment_plan.html", form, context)


@guarded("call.manage")
def appoint(request: Request, pk: int) -> HttpResponse:
    """Appoint an assessor, whom the officer searches."""
    row = _call(request, pk)
    asked = request.GET.get("q", "").strip()[:80]
    found = list(find_people(asked).filter(is_active=True)[: FOUND + 1])
    form = AppointForm(found[:FOUND], request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data.pop("person")
        try:
            operations.appoint(row, person, **_by(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Ορίστηκε και ειδοποιείται: {person}.")
            return redirect("registers:assessment-board", pk)
    context = {"call": row, "form": form, "q": asked, "more": len(found) > FOUND}
    context |= {"found": len(found), "crumbs": board_crumbs(row, "Ορισμός αξιολογητή")}
    return form_page(request, "registers/appoint.html", form, context)


@guarded("call.manage")
def assessor(request: Request, pk: int, person: int) -> HttpResponse:
    """One assessor of the call: limit, reminder, end of the appointment."""
    row = _call(request, pk)
    rows = assessments.progress(row, request.at)
    found = get_object_or_404(Person, pk=person, pk__in=[each.person.pk for each in rows])
    act = request.POST.get("act", "")
    limit = LimitForm(
        request.POST if act == "limit" else None,
        initial={"most": assessments.limits(row).get(person)},
    )
    dismissal = ReasonForm(request.POST if act == "dismiss" else None)
    forms = {"limit": limit, "dismiss": dismissal}
    form = forms.get(act)
    ready = act == "remind" or (form is not None and form.is_valid())
    if ready and _done(request, row, found, act, form.cleaned_data if form else {}):
        return redirect("registers:assessment-board", pk)
    context = {
        "call": row,
        "person": found,
        "progress": next(each for each in rows if each.person.pk == person),
        "limit": limit,
        "dismissal": dismissal,
        "assessing": row.state == CallState.ASSESSING,
        "crumbs": board_crumbs(row, str(found)),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "registers/assessor.html", context, status=status)


def _done(request: Request, call: Call, person: Person, act: str, data: dict[str, Any]) -> bool:
    try:
        if act == "limit":
            operations.limit(call, person, most=data["most"], **_by(request))
            messages.success(request, "Το όριο αποθηκεύτηκε.")
        elif act == "dismiss":
            many = operations.dismiss(call, person, reason=data["reason"], **_by(request))
            messages.success(request, f"Ο ορισμός έληξε. Υποψηφιότητες για νέα ανάθεση: {many}.")
        else:
            operations.remind_assessor(call, person, **_by(request))
            messages.success(request, f"Στάλθηκε υπενθύμιση: {person}.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True
