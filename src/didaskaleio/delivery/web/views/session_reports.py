"""The trainer's report of a session on screen and as PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.documents import SESSION_REPORT
from didaskaleio.delivery.models import SessionReport, TrainingSession
from didaskaleio.delivery.web import show
from didaskaleio.kernel import documents
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, numbers


@guarded("session.teach")
def file(request: Request, pk: int) -> HttpResponse:
    """What was taught, which units, what happened: filed once."""
    rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.teach", rows, pk=pk)
    if SessionReport.objects.filter(session=found).exists():
        raise Http404
    if not queries.may_report(found, request.at):
        raise Http404
    if request.method == "POST":
        return _filed(request, found)
    return _page(request, found, {}, [], set())


def _filed(request: Request, session: TrainingSession) -> HttpResponse:
    told = sheets.told(operations.report_questions(session), request.POST)
    units = set(numbers(request.POST.getlist("units")))
    try:
        operations.file_report(session, told, units=units, actor=request.actor, at=request.at)
    except AnswersRefusedError as refused:
        return _page(request, session, told, list(refused.problems), units)
    messages.success(request, "Η έκθεση υποβλήθηκε.")
    return redirect("delivery:session", pk=session.pk)


def _page(
    request: Request,
    session: TrainingSession,
    values: Any,
    problems: list[Problem],
    chosen: set[int],
) -> HttpResponse:
    definition = operations.report_questions(session)
    bound, groups = sheets.filled(definition, values, problems)
    context = {
        "session": session,
        "programme": session.programme,
        "when": show.when(session),
        "bound": bound,
        "groups": groups,
        "definition": definition,
        "units": list(queries.units_of(session)),
        "chosen": chosen,
        "cancel_url": reverse("delivery:session", args=[session.pk]),
    }
    return render(request, "delivery/session_report.html", context)


@guarded("session.read")
def document(request: Request, pk: int) -> HttpResponse:
    """The report as PDF."""
    found = one(request, "session.read", TrainingSession.objects.all(), pk=pk)
    report = SessionReport.objects.filter(session=found).select_related(
        "session__programme__centre",
        "session__programme__cluster",
        "session__programme__period__action__body",
        "sheet__version",
        "by",
    )
    row = report.first()
    if row is None:
        raise Http404
    pdf = documents.render(SESSION_REPORT, row)
    headers = {"Content-Disposition": f'inline; filename="report-{found.pk}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
