"""What an inspector does on the spot: checklist, heads, findings, photographs, report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import VisitState
from didaskaleio.delivery.models import SiteVisit, VisitFinding
from didaskaleio.delivery.web import show, visit_forms
from didaskaleio.delivery.web.views.visits import crumbs, visit_of
from didaskaleio.kernel import clock
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.words_display import iso_moment

CONFLICT = 409


def _working(request: Request, pk: int) -> SiteVisit:
    """A visit that the person makes now."""
    found = visit_of(request, pk, "visit.inspect")
    if found.state != VisitState.IN_PROGRESS or found.sheet is None:
        raise Http404
    return found


def _about(visit: SiteVisit, title: str) -> dict[str, Any]:
    return {
        "visit": visit,
        "session": visit.session,
        "programme": visit.session.programme,
        "when": show.when(visit.session),
        "expected": queries.visits.expected(visit.session),
        "cancel_url": reverse("delivery:visit", args=[visit.pk]),
        "crumbs": crumbs(visit, (title, "")),
    }


@guarded("visit.inspect")
def checklist(request: Request, pk: int) -> HttpResponse:
    """The checklist and the heads counted, kept while they are written."""
    found = _working(request, pk)
    if request.method == "POST":
        return _recorded(request, found)
    return _page(request, found, [])


def _page(request: Request, visit: SiteVisit, problems: list[Problem]) -> HttpResponse:
    assert visit.sheet is not None  # noqa: S101 - see _working
    definition = visit.checklist.parsed()
    bound, groups = sheets.filled(definition, visit.sheet.values, problems)
    context = _about(visit, "Φύλλο ελέγχου") | {
        "bound": bound,
        "groups": groups,
        "definition": definition,
        "saved": iso_moment(visit.sheet.saved_at),
    }
    return render(request, "delivery/visit_checklist.html", context)


def _recorded(request: Request, visit: SiteVisit) -> HttpResponse:
    """By script the answer is the hour of the save; otherwise the page goes on."""
    by_script = _by_script(request)
    counted = number(request.POST.get("counted", ""))
    try:
        told = sheets.told(visit.checklist.parsed(), request.POST)
        wrong = operations.record_visit(
            visit, told, counted=counted, actor=request.actor, at=request.at
        )
    except Refusal as refusal:
        if not by_script:
            raise
        return JsonResponse({"refused": str(refusal)}, status=CONFLICT)
    if by_script:
        return JsonResponse(_saved(request.at))
    if wrong:
        visit.sheet.refresh_from_db()  # type: ignore[union-attr]
        return _page(request, visit, wrong)
    messages.success(request, "Το φύλλο ελέγχου αποθηκεύτηκε.")
    return redirect("delivery:visit-findings", pk=visit.pk)


def _by_script(request: Request) -> bool:
    return request.method == "POST" and request.headers.get("X-Requested-With") == "fetch"


def _saved(at: datetime) -> dict[str, str]:
    return {"saved": f"{at.astimezone(clock.ATHENS):%H:%M}", "moment": iso_moment(at)}


@guarded("visit.inspect")
def findings(request: Request, pk: int) -> HttpResponse:
    """The findings and photographs so far, and one more finding."""
    found = _working(request, pk)
    form = visit_forms.FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.add_finding(found, **form.cleaned_data, actor=request.actor, at=request.at)
        messages.success(request, "Το εύρημα γράφτηκε.")
        return redirect("delivery:visit-findings", pk=pk)
    context = _about(found, "Ευρήματα") | {
        "form": form,
        "photo_form": visit_forms.PhotoForm(auto_id="photo_%s"),
        "findings": list(found.findings.all()),
        "photos": list(found.photos.select_related("file")),
    }
    return render(request, "delivery/visit_findings.html", context)


@require_POST
@guarded("visit.inspect")
def drop_finding(request: Request, pk: int, finding: int) -> HttpResponse:
    """Take a finding back before the report."""
    found = _working(request, pk)
    row = get_object_or_404(VisitFinding, pk=finding, visit=found)
    operations.drop_finding(row, actor=request.actor, at=request.at)
    messages.success(request, "Το εύρημα σβήστηκε.")
    return redirect("delivery:visit-findings", pk=pk)


@guarded("visit.inspect")
@limited(UPLOADS, by_person)
def photo(request: Request, pk: int) -> HttpResponse:
    """One more photograph."""
    found = _working(request, pk)
    form = visit_forms.PhotoForm(request.POST or None, request.FILES or None)
    if _by_script(request):
        return _kept(request, found, form)
    if request.method == "POST" and form.is_valid():
        _add(request, found, form)
        messages.success(request, "Η φωτογραφία αποθηκεύτηκε χωρίς τα στοιχεία της συσκευής.")
        return redirect("delivery:visit-findings", pk=pk)
    context = _about(found, "Φωτογραφία") | {"form": form}
    return render(request, "delivery/visit_photo.html", context)


def _add(request: Request, visit: SiteVisit, form: Any) -> None:
    said = form.cleaned_data
    operations.add_photo(
        visit,
        said["file"],
        caption=said["caption"],
        key=said["key"],
        actor=request.actor,
        at=request.at,
    )


def _kept(request: Request, visit: SiteVisit, form: Any) -> HttpResponse:
    """A photograph that a device had kept: what was wrong is told, so that it is not sent again."""
    if not form.is_valid():
        told = " ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"refused": told}, status=CONFLICT)
    try:
        _add(request, visit, form)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=CONFLICT)
    return JsonResponse(_saved(request.at))


@guarded("visit.inspect")
def report(request: Request, pk: int) -> HttpResponse:
    """What the report will say, then its signature."""
    found = _working(request, pk)
    form = visit_forms.SummaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        summary = form.cleaned_data["summary"]
        try:
            operations.report(found, actor=request.actor, at=request.at, summary=summary)
        except AnswersRefusedError as refused:
            return _page(request, found, list(refused.problems))
        messages.success(request, "Η έκθεση υπογράφηκε και κοινοποιήθηκε.")
        return redirect("delivery:visit", pk=pk)
    return render(request, "delivery/visit_report.html", _preview(request, found, form))


def _preview(request: Request, visit: SiteVisit, form: Any) -> dict[str, Any]:
    assert visit.sheet is not None  # noqa: S101 - see _working
    shown = queries.visits.recorded_of(visit.session, request.at)
    return _about(visit, "Έκθεση") | {
        "form": form,
        "shown": shown,
        "differs": shown is not None and visit.counted not in {None, shown.there},
        "findings": list(visit.findings.all()),
        "photos": visit.photos.count(),
        "gaps": check(visit.checklist.parsed(), visit.sheet.values),
    }
