"""The trainer's report of a session on screen and as PDF: filed, corrected, asked to be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.documents import SESSION_REPORT
from didaskaleio.delivery.models import SessionReport, TrainingSession
from didaskaleio.delivery.operations import Told
from didaskaleio.delivery.web import forms, show
from didaskaleio.kernel import documents
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number, numbers

NOTHING = Told({})


def _session(request: Request, needs: str, pk: int) -> TrainingSession:
    return one(request, needs, queries.with_programme(TrainingSession.objects.all()), pk=pk)


@guarded("session.teach")
def file(request: Request, pk: int) -> HttpResponse:
    """What was taught, which units, what happened: filed once."""
    found = _session(request, "session.teach", pk)
    if queries.latest_report(found) or not queries.may_report(found, request.at):
        raise Http404
    if request.method != "POST":
        return _page(request, found, NOTHING)
    told = _told(request, found)
    try:
        operations.file_report(
            found, told.answers, units=told.units, actor=request.actor, at=request.at
        )
    except AnswersRefusedError as refused:
        return _page(request, found, told, list(refused.problems))
    messages.success(request, "Η έκθεση υποβλήθηκε.")
    return redirect("delivery:session", pk=pk)


@guarded("session.teach")
def correct(request: Request, pk: int) -> HttpResponse:
    """A new version of the report, with its reason."""
    found = _session(request, "session.teach", pk)
    last = queries.latest_report(found)
    if last is None or not queries.may_change(found):
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method != "POST":
        kept = Told(last.sheet.values, {unit.pk for unit in last.units.all()})
        return _page(request, found, kept, form=form, asked=queries.open_request(found))
    told = _told(request, found)
    try:
        return _corrected(request, found, told, form)
    except AnswersRefusedError as refused:
        return _page(request, found, told, list(refused.problems), form=form)


def _corrected(
    request: Request, session: TrainingSession, told: Told, form: forms.ReasonForm
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, session, told, form=form)
    reason = form.cleaned_data["reason"]
    operations.correct_report(session, told, reason=reason, actor=request.actor, at=request.at)
    messages.success(request, "Η έκθεση διορθώθηκε με νέα έκδοση. Η προηγούμενη φυλάσσεται.")
    return redirect("delivery:session", pk=session.pk)


def _told(request: Request, session: TrainingSession) -> Told:
    answers = sheets.told(operations.report_questions(session), request.POST)
    return Told(answers, set(numbers(request.POST.getlist("units"))))


def _page(
    request: Request,
    session: TrainingSession,
    told: Told,
    problems: list[Problem] | None = None,
    **more: Any,
) -> HttpResponse:
    definition = operations.report_questions(session)
    bound, groups = sheets.filled(definition, told.answers, problems or [])
    context = _about(session) | {
        "bound": bound,
        "groups": groups,
        "definition": definition,
        "units": list(queries.units_of(session)),
        "chosen": told.units,
    }
    return render(request, "delivery/session_report.html", context | more)


def _about(session: TrainingSession) -> dict[str, Any]:
    return {
        "session": session,
        "programme": session.programme,
        "when": show.when(session),
        "cancel_url": reverse("delivery:session", args=[session.pk]),
    }


@guarded("session_report.ask")
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask whoever taught to correct the report."""
    found = _session(request, "session_report.ask", pk)
    if not queries.may_ask(found):
        raise Http404
    form = forms.AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.ask_correction(found, text=text, actor=request.actor, at=request.at)
        messages.success(request, "Το αίτημα στάλθηκε. Θα ειδοποιηθείτε για την απάντηση.")
        return redirect("delivery:session", pk=pk)
    return render(request, "delivery/report_ask.html", _about(found) | {"form": form})


@guarded("session.teach")
def keep(request: Request, pk: int) -> HttpResponse:
    """Answer a request: the report stays as it is, and why."""
    found = _session(request, "session.teach", pk)
    asked = queries.open_request(found)
    if asked is None or not queries.may_change(found):
        raise Http404
    form = forms.KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        operations.keep_report(found, reason=reason, actor=request.actor, at=request.at)
        messages.success(request, "Η απάντηση στάλθηκε σε όποιον ζήτησε τη διόρθωση.")
        return redirect("delivery:session", pk=pk)
    context = _about(found) | {"form": form, "asked": asked}
    return render(request, "delivery/report_keep.html", context)


@guarded("session.read")
def document(request: Request, pk: int) -> HttpResponse:
    """The report as PDF: the version in force, or the one that the address names."""
    found = one(request, "session.read", TrainingSession.objects.all(), pk=pk)
    rows = queries.with_report(SessionReport.objects.filter(session=found))
    if wanted := request.GET.get("version"):
        rows = rows.filter(version=number(wanted) or 0)
    row = rows.order_by("-version").first()
    if row is None:
        raise Http404
    pdf = documents.render(SESSION_REPORT, row)
    name = f"report-{found.pk}-{row.version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
