"""The officer's pages about calls for work: list, writing, one call, its ranking, decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import OvertakenError, Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, seen
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import WorkApplicationState, WorkCallState, WorkFor
from didaskaleio.programmes.lifecycle import WORK_APPLICATION, WORK_CALL
from didaskaleio.programmes.models import (
    TrainingAction,
    TrainingPeriod,
    WorkApplication,
    WorkCall,
    WorkStanding,
)
from didaskaleio.programmes.operations.work_calls import OVER, WRITTEN
from didaskaleio.programmes.queries import work_calls as queries
from didaskaleio.programmes.queries import work_ranking
from didaskaleio.programmes.web import work_call_forms as forms

PAGE = 50


def _crumbs(action: TrainingAction, *more: dict[str, str]) -> list[dict[str, str]]:
    calls = {"label": "Προσκλήσεις για έργο"}
    if more:
        calls["url"] = reverse("programmes:work-calls", args=[action.pk])
    return [
        {"label": "Δράσεις", "url": reverse("programmes:actions")},
        {"label": action.title, "url": reverse("programmes:action", args=[action.pk])},
        calls,
        *more,
    ]


@guarded("action.read")
def calls_of(request: Request, pk: int) -> HttpResponse:
    """The calls for work of one action."""
    the = one(request, "action.read", TrainingAction.objects.all(), pk=pk)
    page = Paginator(queries.of_action(the.pk), PAGE).get_page(request.GET.get("page"))
    may = access.allowed(request.actor, "action.manage", the) and _periods(the).exists()
    context = {"action": the, "page": page, "cycle": WORK_CALL, "may_begin": may}
    return render(request, "programmes/work_calls.html", context | {"crumbs": _crumbs(the)})


def _periods(action: TrainingAction) -> QuerySet[TrainingPeriod]:
    return action.periods.exclude(state__in=OVER).order_by("-first_day")


@guarded("action.manage")
def new(request: Request, pk: int) -> HttpResponse:
    """A new call for trainers, or for centres (``?for=centres``)."""
    the = one(request, "action.manage", TrainingAction.objects.select_related("scheme"), pk=pk)
    audience = WorkFor.CENTRES if request.GET.get("for") == "centres" else WorkFor.TRAINERS
    first, lines = forms.initial_asked(request.GET)
    form = forms.WorkCallForm(request.POST or None, periods=_periods(the), initial=first)
    rows = forms.line_rows(audience, request.POST or None, the.scheme.clusters.all(), lines)
    if form.is_valid() and rows.is_valid():
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        content, period = forms.content_of(form, rows), form.cleaned_data["period"]
        try:
            made = operations.begin_work_call(period, audience, content, **by)
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, "Το πρόχειρο αποθηκεύτηκε. Ελέγξτε το και ανακοινώστε.")
            return redirect("programmes:work-desk", made.pk)
    context = {"form": form, "rows": rows, "audience": audience, "action_row": the}
    return _form(request, context, {"label": "Νέα πρόσκληση"})


def _form(request: Request, context: dict[str, Any], here: dict[str, str]) -> HttpResponse:
    action: TrainingAction = context["action_row"]
    shown = {"crumbs": _crumbs(action, here), "trainers": context["audience"] == WorkFor.TRAINERS}
    shown["cancel_url"] = reverse("programmes:work-calls", args=[action.pk])
    wrong = bool(context["form"].errors or context["rows"].total_error_count())
    status = 422 if request.method == "POST" and wrong else 200
    return render(request, "programmes/work_call_form.html", context | shown, status=status)


def _call(request: Request, permission: str, pk: int) -> WorkCall:
    return one(request, permission, WorkCall.objects.select_related("period__action"), pk=pk)


@guarded("work_call.manage")
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    drafts = WorkCall.objects.filter(state=WorkCallState.DRAFT)
    found = drafts.select_related("period__action__scheme")
    the = one(request, "work_call.manage", found, pk=pk)
    first, lines = forms.initial_of(the)
    action = the.period.action
    periods = TrainingPeriod.objects.filter(pk=the.period_id)
    form = forms.WorkCallForm(request.POST or None, periods=periods, initial=first)
    clusters = action.scheme.clusters.all()
    rows = forms.line_rows(the.audience, request.POST or None, clusters, lines)
    refused = None
    if form.is_valid() and rows.is_valid():
        try:
            content = forms.content_of(form, rows)
            by: dict[str, Any] = {"actor": request.actor, "at": request.at}
            operations.change_work_call(the, content, seen=seen(request), **by)
        except OvertakenError as overtaken:
            refused = overtaken
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, "Το πρόχειρο αποθηκεύτηκε.")
            return redirect("programmes:work-desk", pk)
    theirs = [("Τίτλος", the.title), ("Θέσεις", "\n".join(map(str, the.lines.all())))]
    context = opened(request, the, WRITTEN, refused, theirs)
    context |= {"form": form, "rows": rows, "audience": the.audience, "action_row": action}
    return _form(request, context, {"label": the.title})


@guarded("work_call.read")
def call(request: Request, pk: int) -> HttpResponse:
    """One call: what it asks for, how many applied, what comes next."""
    the = _call(request, "work_call.read", pk)
    chosen = work_ranking.outcome(the) if the.state in {"closed", "selected"} else {}
    per_line = [line for line, _ in chosen.values()]
    context = {
        "call": the,
        "cycle": WORK_CALL,
        "states": WorkCallState,
        "steps": buttons(request, WORK_CALL, the),
        "entries": journal.of(the)[:30],
        "lines": [
            {"line": line, "chosen": per_line.count(line.pk), "asked": asked}
            for line, asked in queries.with_demand(the)
        ],
        "sent": the.applications.filter(state__in=queries.STANDING).count(),
        "begun": the.applications.filter(state=WorkApplicationState.DRAFT).count(),
        "may_manage": access.allowed(request.actor, "work_call.manage", the),
        "ranked": the.state in {"closed", "selected"},
        "now": request.at,
        "crumbs": _crumbs(the.period.action, {"label": the.title}),
    }
    return render(request, "programmes/work_desk.html", context)


@guarded("work_call.manage")
def extend(request: Request, pk: int) -> HttpResponse:
    """A later deadline, with its reason; those whom it concerns are told."""
    the = _call(request, "work_call.manage", pk)
    form = forms.LaterForm(request.POST or None)
    if form.is_valid():
        try:
            operations.extend_work(
                the,
                until=form.moment(),
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, "Η προθεσμία παρατάθηκε και ειδοποιούνται όσοι αφορά.")
            return redirect("programmes:work-desk", pk)
    context = {
        "form": form,
        "call": the,
        "now": request.at,
        "cancel_url": reverse("programmes:work-desk", args=[pk]),
        "crumbs": _crumbs(the.period.action, {"label": the.title}),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/work_extend.html", context, status=status)


@guarded("work_call.read")
def ranking(request: Request, pk: int) -> HttpResponse:
    """The ranking line by line with the facts that decided, and what each obtains."""
    the = _call(request, "work_call.read", pk)
    chosen = work_ranking.outcome(the)
    rows = WorkStanding.objects.filter(line__call=the).select_related(
        "line__cluster", "line__prefecture", "line__region", "application__person",
        "application__centre", "application__moved_to"
    )  # fmt: skip
    asked = request.GET.get("line", "")
    lines = list(the.lines.select_related("cluster", "prefecture", "region"))
    if asked in {str(line.pk) for line in lines}:
        rows = rows.filter(line=int(asked))
    page = Paginator(rows.order_by("line", "rank"), PAGE).get_page(request.GET.get("page"))
    own = access.allowed(request.actor, "work_call.manage", the)
    context = {
        "call": the,
        "cycle": WORK_CALL,
        "applications": WORK_APPLICATION,
        "page": page,
        "shown": [(row, chosen.get(row.application_id)) for row in page],
        "lines": lines,
        "asked": asked,
        "may_move": own and the.state == WorkCallState.CLOSED,
        "crumbs": _crumbs(
            the.period.action,
            {"label": the.title, "url": reverse("programmes:work-desk", args=[pk])},
        ),
    }
    return render(request, "programmes/work_ranking.html", context)


@guarded("work_application.settle")
def move(request: Request, pk: int) -> HttpResponse:
    """Settle one application by hand, with the reason, or let it follow the rules again."""
    found = WorkApplication.objects.select_related("call__period__action", "person", "centre")
    waiting = found.filter(call__state=WorkCallState.CLOSED, state=WorkApplicationState.SUBMITTED)
    row = one(request, "work_application.settle", waiting, pk=pk)
    now = forms.BY_RANK if not row.moved else str(row.moved_to_id or forms.NOWHERE)
    first = {"where": now, "reason": row.moved_why}
    form = forms.MoveForm(row, request.POST or None, initial=first)
    if form.is_valid():
        _settle(request, row, form)
        messages.success(request, "Η απόφαση καταγράφηκε και η επιλογή υπολογίστηκε εκ νέου.")
        return redirect("programmes:work-ranking", row.call_id)
    back = reverse("programmes:work-ranking", args=[row.call_id])
    crumbs = _crumbs(row.call.period.action, {"label": row.call.title, "url": back})
    context = {"form": form, "row": row, "cancel_url": back, "crumbs": crumbs}
    status = 422 if form.errors else 200
    return render(request, "programmes/work_move.html", context, status=status)


def _settle(request: Request, row: WorkApplication, form: forms.MoveForm) -> None:
    where, reason = form.cleaned_data["where"], form.cleaned_data["reason"]
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "reason": reason}
    if where == forms.BY_RANK:
        operations.restore_work(row, **by)
    else:
        operations.move_work(row, form.lines.get(where), **by)
