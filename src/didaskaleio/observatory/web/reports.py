"""Pages of saved reports: the list, one of them, its files, sharing, regular sending."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.reports import writers
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.observatory import operations, queries
from didaskaleio.observatory.definition import parse
from didaskaleio.observatory.enums import ReportState, Rhythm
from didaskaleio.observatory.errors import TooLargeError
from didaskaleio.observatory.lifecycle import REPORT
from didaskaleio.observatory.models import AdHocReport, ReportVersion, Subscription
from didaskaleio.observatory.queries import Answer
from didaskaleio.observatory.web import asking
from didaskaleio.observatory.web.builder import crumbs

PAGE, LONGEST_PDF = 50, 5_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = (("mine", "Δικές μου"), ("shared", "Κοινόχρηστες"), ("archived", "Αρχείο"))


@guarded("adhoc.desk", about_object=False)
def listed(request: Request) -> HttpResponse:
    """My reports, those shared with me, or my archive."""
    asked = request.GET.get("view", "")
    view = asked if asked in dict(VIEWS) else VIEWS[0][0]
    found = _of_view(request, view).order_by("-at", "-pk")
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "view": view,
        "views": VIEWS,
        "cycle": REPORT,
    }
    return render(request, "observatory/reports.html", context)


def _of_view(request: Request, view: str) -> QuerySet[AdHocReport]:
    found = rows(request, "adhoc.read", AdHocReport.objects.select_related("owner", "shared_body"))
    if view == "shared":
        return found.exclude(owner_id=request.actor.user_id)
    own = found.filter(owner_id=request.actor.user_id)
    archived = ReportState.ARCHIVED
    return own.filter(state=archived) if view == "archived" else own.exclude(state=archived)


def _report(request: Request, pk: int, permission: str = "adhoc.read") -> AdHocReport:
    found = AdHocReport.objects.select_related("owner", "shared_body")
    return one(request, permission, found, pk=pk)


@guarded("adhoc.read")
def shown(request: Request, pk: int) -> HttpResponse:
    """One report: what it says to whoever reads it, its versions, with whom it is shared."""
    report = _report(request, pk)
    version = _version(request, report)
    context = {
        "report": report,
        "version": version,
        "cycle": REPORT,
        "steps": buttons(request, REPORT, report),
        "states": ReportState,
        "crumbs": crumbs(report.title),
    }
    context |= _around(request, report) | _said(request, version)
    return render(request, "observatory/report.html", context)


def _around(request: Request, report: AdHocReport) -> dict[str, Any]:
    """What stands beside the lines: versions, readers, what was sent to this reader."""
    own = report.owner_id == request.actor.user_id
    person = request.actor.person_id
    return {
        "own": own,
        "versions": report.versions.select_related("by")[:PAGE],
        "entries": journal.of(report)[:20] if own else None,
        "may_build": access.allowed(request.actor, "adhoc.desk"),
        "audiences": queries.shareable(request.actor) if own else [],
        "rhythms": Rhythm.choices,
        "subscription": report.subscriptions.filter(person=person).first(),
        "dispatches": report.dispatches.filter(person=person).select_related("file")[:10],
    }


def _version(request: Request, report: AdHocReport) -> ReportVersion:
    asked = request.GET.get("version", "")
    found = queries.version_of(report, number(asked) if asked else None)
    if found is None or (asked and number(asked) is None):
        raise Http404
    return found


def _said(request: Request, version: ReportVersion) -> dict[str, Any]:
    """The first lines, or why there are none: a column may have gone since."""
    try:
        return asking.found(version.definition, request.actor, request.at)
    except Refusal as refusal:
        return {"refusal": str(refusal)}


@guarded("adhoc.read")
def export(request: Request, pk: int, form: str) -> HttpResponseBase:
    """The report as CSV, XLSX or PDF, with the rows of whoever asks."""
    write = {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf}.get(form)
    report = _report(request, pk)
    if write is None:
        raise Http404
    response = write(request, report, queries.answered(report, request.actor, request.at))
    name = greek.slug(report.title)[:60] or "anafora"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _csv(_request: Request, _report: AdHocReport, found: Answer) -> HttpResponseBase:
    chunks = writers.csv_chunks(found.report, found.streamed())
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")


def _xlsx(_request: Request, _report: AdHocReport, found: Answer) -> HttpResponseBase:
    return FileResponse(writers.xlsx(found.report, found.streamed()), content_type=SHEET)


def _pdf(request: Request, report: AdHocReport, found: Answer) -> HttpResponseBase:
    lines = list(islice(found.streamed(), LONGEST_PDF + 1))
    if len(lines) > LONGEST_PDF:
        raise TooLargeError(
            "Το PDF χωρά έως 5.000 γραμμές και η αναφορά έχει περισσότερες. Προσθέστε φίλτρο ή "
            "κατεβάστε την σε XLSX ή CSV."
        )
    asked = parse(queries.version_of(report).definition)  # type: ignore[union-attr]
    words = " · ".join(one.in_words() for one in asked.filters)
    try:
        content = writers.pdf(found.report, lines, at=request.at, subtitle=words)
    except TypesettingError as error:
        raise TooLargeError(
            "Το PDF δεν τυπώνεται: κάποιο γράμμα δεν υπάρχει στη γραμματοσειρά. "
            "Κατεβάστε την αναφορά σε XLSX."
        ) from error
    return HttpResponse(content, content_type="application/pdf")


@require_POST
@guarded("adhoc.keep")
def share(request: Request, pk: int) -> HttpResponse:
    """Share a report of one's own with a role."""
    report = _report(request, pk, "adhoc.keep")
    audience = request.POST.get("audience", "")
    operations.share(report, audience=audience, actor=request.actor, at=request.at)
    messages.success(request, f"Η αναφορά μοιράζεται με: {report.audience}.")
    return redirect("observatory:report", pk)


@require_POST
@guarded("adhoc.keep")
def restore(request: Request, pk: int) -> HttpResponse:
    """Make an earlier version the newest."""
    report = _report(request, pk, "adhoc.keep")
    wanted = number(request.POST.get("version", "")) or 0
    made = operations.restore(report, wanted, actor=request.actor, at=request.at)
    messages.success(request, f"Η έκδοση {wanted} επανήλθε ως έκδοση {made}.")
    return redirect("observatory:report", pk)


@require_POST
@guarded("adhoc.read")
def copy(request: Request, pk: int) -> HttpResponse:
    """A copy of one's own, to change as one likes."""
    made = operations.copy(_report(request, pk), actor=request.actor, at=request.at)
    messages.success(request, f"Αποθηκεύτηκε το αντίγραφο «{made}».")
    return redirect("observatory:report", made.pk)


@require_POST
@guarded("adhoc.read")
def subscribe(request: Request, pk: int) -> HttpResponse:
    """Have a report sent regularly to oneself."""
    report = _report(request, pk)
    rhythm = request.POST.get("rhythm", "")
    row = operations.subscribe(report, rhythm, actor=request.actor, at=request.at)
    when = greek.long_moment(row.next_at)
    messages.success(request, f"Η πρώτη αποστολή: {when}.")
    return redirect("observatory:report", pk)


@require_POST
@guarded("subscription.keep")
def unsubscribe(request: Request, pk: int) -> HttpResponse:
    """End the regular sending to oneself."""
    found: QuerySet[Subscription] = Subscription.objects.select_related("report")
    row = one(request, "subscription.keep", found, pk=pk)
    operations.unsubscribe(row, actor=request.actor, at=request.at)
    messages.success(request, "Η τακτική αποστολή σταμάτησε.")
    return redirect("observatory:report", row.report_id)
