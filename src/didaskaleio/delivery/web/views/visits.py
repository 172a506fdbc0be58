"""On-site visits for whoever decides them and whoever reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import VisitState
from didaskaleio.delivery.lifecycle import VISIT
from didaskaleio.delivery.models import SiteVisit, TrainingSession, VisitFinding
from didaskaleio.delivery.web import show, visit_forms
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons


def visit_of(request: Request, pk: int, needs: str = "visit.read") -> SiteVisit:
    """The visit with all that its pages show, if the person may do ``needs``."""
    found = queries.visits.with_visit_relations(SiteVisit.objects.all())
    return one(request, needs, found, pk=pk)


def crumbs(visit: SiteVisit, *more: tuple[str, str]) -> list[dict[str, str]]:
    url = reverse("delivery:visit", args=[visit.pk])
    here = (visit.session.programme.code, url if more else "")
    listed = {"label": "Επιτόπιοι έλεγχοι", "url": reverse("delivery:visits")}
    home, *rest = show.crumbs(here, *more)
    return [home, listed | {"needs": "visit.list"}, *rest]


@guarded("visit.list", about_object=False)
def visits(request: Request) -> HttpResponse:
    """The visits that the person may see, the next first."""
    found = rows(request, "visit.read", SiteVisit.objects.all())
    desk = desks.by_state(request, found, desks.views(VisitState, "Όλοι"))
    found = queries.visits.with_visit_relations(queries.visits.with_open_findings(desk.rows))
    context = {
        "page": Paginator(found.order_by("-session__starts_at", "-pk"), 50).get_page(
            request.GET.get("page")
        ),
        "cycle": VISIT,
        "desk": desk,
        "decides": access.allowed(request.actor, "visit_round.list"),
    }
    return render(request, "delivery/visits.html", context)


@guarded("visit.read")
def visit(request: Request, pk: int) -> HttpResponse:
    """A visit: why, when, who, what was counted and found, what follows."""
    found = visit_of(request, pk)
    context = {
        "visit": found,
        "session": found.session,
        "programme": found.session.programme,
        "when": show.when(found.session),
        "where": show.where(found.session),
        "cycle": VISIT,
        "states": VisitState,
        "steps": buttons(request, VISIT, found),
        "entries": journal.of(found)[:20],
        "crumbs": crumbs(found),
        **_report(request, found),
        **_acts(request, found),
    }
    return render(request, "delivery/visit.html", context)


def _report(request: Request, visit: SiteVisit) -> dict[str, Any]:
    opened = visit.started_at is not None
    return {
        "expected": queries.visits.expected(visit.session),
        "versions": queries.visits.versions_shown(visit.session, request.at) if opened else [],
        "checklist": queries.visits.checklist_lines(visit) if opened else [],
        "findings": list(visit.findings.select_related("settled_by")),
        "photos": list(visit.photos.select_related("file")),
    }


def _acts(request: Request, visit: SiteVisit) -> dict[str, bool]:
    manages = access.allowed(request.actor, "visit.manage", visit)
    corrects = access.allowed(request.actor, "session.correct", visit.session)
    return {
        "manages": manages,
        "may_assign": VISIT.can("assign", visit, request.actor, request.at),
        "may_inspect": VISIT.can("report", visit, request.actor, request.at),
        "may_answer": _may_answer(request, visit),
        "may_settle": manages and visit.state in {"answered", "follow_up"},
        "may_correct": corrects and visit.session.state in {"signed", "corrected"},
        "reads_session": access.allowed(request.actor, "session.read", visit.session),
    }


def _may_answer(request: Request, visit: SiteVisit) -> bool:
    due: datetime | None = visit.answer_due
    in_time = due is not None and request.at <= due
    return in_time and VISIT.can("answer", visit, request.actor, request.at)


@guarded("visit.manage")
def assign(request: Request, pk: int) -> HttpResponse:
    """Give the visit to an inspector."""
    found = visit_of(request, pk, "visit.manage")
    if not VISIT.can("assign", found, request.actor, request.at):
        raise Http404
    people = queries.visits.inspectors_for(found, request.at)
    form = visit_forms.AssignForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["inspector"]
        operations.assign(found, actor=request.actor, at=request.at, inspector=chosen)
        messages.success(request, "Η επίσκεψη ανατέθηκε.")
        return redirect("delivery:visit", pk=pk)
    context = _form(found, form, "Ανάθεση") | {"nobody": not people}
    return render(request, "delivery/visit_assign.html", context)


def _form(visit: SiteVisit, form: Any, title: str) -> dict[str, Any]:
    return {
        "visit": visit,
        "session": visit.session,
        "programme": visit.session.programme,
        "when": show.when(visit.session),
        "form": form,
        "cancel_url": reverse("delivery:visit", args=[visit.pk]),
        "crumbs": crumbs(visit, (title, "")),
    }


@guarded("visit.answer")
def answer(request: Request, pk: int) -> HttpResponse:
    """The centre answers the report."""
    found = visit_of(request, pk, "visit.answer")
    if not _may_answer(request, found):
        raise Http404
    form = visit_forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.answer(found, actor=request.actor, at=request.at, text=text)
        messages.success(request, "Η απάντηση στάλθηκε στον φορέα υλοποίησης.")
        return redirect("delivery:visit", pk=pk)
    context = _form(found, form, "Απάντηση") | {"findings": found.findings.all(), "now": request.at}
    return render(request, "delivery/visit_answer.html", context)


@guarded("visit.manage")
def settle(request: Request, pk: int, finding: int) -> HttpResponse:
    """A finding is settled."""
    found = visit_of(request, pk, "visit.manage")
    row = VisitFinding.objects.filter(pk=finding, visit=found, settled_at=None).first()
    if row is None or found.state not in {"answered", "follow_up"}:
        raise Http404
    form = visit_forms.SettlementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.settle_finding(row, text=text, actor=request.actor, at=request.at)
        messages.success(request, "Το εύρημα τακτοποιήθηκε.")
        return redirect("delivery:visit", pk=pk)
    context = _form(found, form, "Τακτοποίηση ευρήματος") | {"finding": row}
    return render(request, "delivery/visit_settle.html", context)


@guarded("session.correct")
def add(request: Request, pk: int) -> HttpResponse:
    """Visit a session by an officer's decision."""
    found_rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.correct", found_rows, pk=pk)
    if not queries.visits.may_add(found, request.at):
        raise Http404
    form = visit_forms.ReasonedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = operations.add_visit(found, reason=reason, actor=request.actor, at=request.at)
        messages.success(request, "Η επίσκεψη αποφασίστηκε. Αναθέστε την.")
        return redirect("delivery:visit", pk=made.pk)
    back = {"cancel_url": reverse("delivery:session", args=[pk])}
    context = {"form": form, "session": found, "when": show.when(found)}
    return render(request, "delivery/visit_add.html", context | back)
