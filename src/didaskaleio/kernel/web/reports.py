"""Pages of reports: the table on screen and its CSV, XLSX and PDF."""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import SavedView
from didaskaleio.kernel.reports import Column, Query, Report, known, writers
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web.guard import guarded, to_login
from didaskaleio.kernel.web.http import Request

PAGE = 50
COUNTED = 1_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _report(request: Request, name: str) -> Report:
    if name not in known:
        raise Http404
    access.require(request.actor, known[name].permission)
    return known[name]


def _query(request: Request) -> Query:
    values = {key: value[:200].replace("\0", "") for key, value in request.GET.dict().items()}
    return Query(values, values.pop("order", ""), values.pop("q", ""))


def table(request: Request, name: str) -> HttpResponse:
    """A report on screen: filters, order, pages, saved views."""
    if request.actor.user_id is None:
        return to_login(request)
    report = _report(request, name)
    query = _query(request)
    rows = report.selected(request.actor, request.at, query)
    number = max(
        1, int(query.values.get("page", "1")) if query.values.get("page", "").isdigit() else 1
    )
    start = (number - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return render(
        request,
        "kernel/report_page.html",
        {
            "report": report,
            "query": query,
            "filters": [
                (f, f.choices(request.actor, request.at), query.values.get(f.name, ""))
                for f in report.filters
            ],
            "lines": [
                [(c, writers.shown(c, v)) for c, v in zip(report.columns, line, strict=True)]
                for line in report.lines(found[:PAGE])
            ],
            "searchable": report.search is not None,
            "totals": _totals(report, rows),
            "count": _count(rows),
            "number": number,
            "more": len(found) > PAGE,
            "address": urlencode({k: v for k, v in request.GET.items() if k != "page"}),
            "saved": SavedView.objects.filter(person_id=request.actor.user_id, report=name),
        },
    )


table.permission = "report"  # type: ignore[attr-defined]


def _totals(report: Report, rows: Any) -> list[tuple[Column, str]]:
    """The totals of every row that the filters leave, as the files carry them."""
    if not any(column.total for column in report.columns):
        return []
    sums = report.totals(report.lines(rows.iterator(chunk_size=2_000)))
    return list(zip(report.columns, writers.total_cells(report, sums or []), strict=True))


def _count(rows: Any) -> str:
    counted = rows.order_by()[: COUNTED + 1].count()
    return "περισσότερες από 1.000" if counted > COUNTED else str(counted)


def export(request: Request, name: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """A report as CSV, XLSX or PDF: the same rows and figures as on screen."""
    if request.actor.user_id is None:
        return to_login(request)
    report = _report(request, name)
    rows = report.selected(request.actor, request.at, _query(request)).iterator(chunk_size=2_000)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if form == "csv":
        chunks = writers.csv_chunks(report, rows)
        return StreamingHttpResponse(
            chunks, content_type="text/csv; charset=utf-8", headers=headers
        )
    if form == "xlsx":
        return HttpResponse(writers.xlsx(report, rows), content_type=SHEET, headers=headers)
    if form == "pdf":
        try:
            content = writers.pdf(report, islice(rows, 5_000), at=request.at)
        except TypesettingError as error:
            raise Refusal(
                "Το PDF δεν τυπώνεται: κάποιο γράμμα δεν υπάρχει στη γραμματοσειρά. "
                "Κατεβάστε την αναφορά σε XLSX."
            ) from error
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    raise Http404


export.permission = "report"  # type: ignore[attr-defined]


@require_POST
@guarded("own.pages", about_object=False)
def save_view(request: Request, name: str) -> HttpResponse:
    """Keep the present filters and order under a name of my own."""
    _report(request, name)
    title = request.POST.get("name", "").replace("\0", "").strip()[:80]
    if title:
        SavedView.objects.update_or_create(
            person_id=request.actor.user_id or 0,
            report=name,
            name=title,
            defaults={"query": request.POST.get("query", "")[:2_000].replace("\0", "")},
        )
    return HttpResponseRedirect(reverse("kernel:report", args=[name]))
