"""Pages of reports: the list of them, the table and map on screen, and CSV, XLSX and PDF."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import messages
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, printouts
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import SavedView
from didaskaleio.kernel.reports import Column, Query, Report, known, writers
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web.guard import guarded, to_login
from didaskaleio.kernel.web.http import Request

PAGE = 50
COUNTED = 1_000
LONGEST_PDF = 5_000
BATCH = 2_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded("own.pages", about_object=False)
def index(request: Request) -> HttpResponse:
    """The reports that my posts open, by room."""
    mine = [r for r in known.values() if access.allowed(request.actor, r.permission)]
    order = [each.label for each in apps.get_app_configs()]
    mine.sort(key=lambda report: (order.index(report.room), report.title))
    rooms = [
        (apps.get_app_config(room).verbose_name, list(rows))
        for room, rows in groupby(mine, key=lambda report: report.room)
    ]
    context = {"rooms": rooms, "papers": printouts.opened(request.actor)}
    return render(request, "kernel/report_index.html", context)


def _report(request: Request, name: str) -> Report:
    if name not in known:
        raise Http404
    access.require(request.actor, known[name].permission)
    return known[name].shaped(request.actor, request.at, _query(request).values)


def _query(request: Request) -> Query:
    values = {key: value[:200].replace("\0", "") for key, value in request.GET.dict().items()}
    return Query(values, values.pop("order", ""), values.pop("q", ""))


def _filters(request: Request, report: Report, query: Query) -> list[tuple[Any, Any, str]]:
    return [
        (each, each.choices(request.actor, request.at), query.values.get(each.name, ""))
        for each in report.filters
    ]


def _address(request: Request, *without: str) -> str:
    return urlencode({k: v for k, v in request.GET.items() if k not in {"page", *without}})


def table(request: Request, name: str) -> HttpResponse:
    """A report on screen: filters, order, pages or the map, saved views."""
    if request.actor.user_id is None:
        return to_login(request)
    report = _report(request, name)
    query = _query(request)
    rows = report.selected(request.actor, request.at, query)
    shape = _on_map if report.map and query.values.get("view") == "map" else _on_table
    context = {
        "report": report,
        "query": query,
        "filters": _filters(request, report, query),
        "searchable": report.search is not None,
        "totals": _totals(report, rows),
        "count": _count(rows),
        "address": _address(request),
        "plain": _address(request, "view"),
        "saved": SavedView.objects.filter(person_id=request.actor.user_id, report=name),
    }
    return render(request, "kernel/report_page.html", context | shape(report, rows, query))


table.permission = "report"  # type: ignore[attr-defined]


def _on_table(report: Report, rows: QuerySet[Any], query: Query) -> dict[str, Any]:
    number = _page(query.values.get("page", ""))
    start = (number - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    lines = [
        [(c, writers.shown(c, v)) for c, v in zip(report.columns, line, strict=True)]
        for line in report.lines(found[:PAGE])
    ]
    return {"lines": lines, "number": number, "more": len(found) > PAGE}


def _page(asked: str) -> int:
    return max(1, int(asked)) if re.fullmatch(r"[0-9]{1,7}", asked) else 1


def _on_map(report: Report, rows: QuerySet[Any], _query: Query) -> dict[str, Any]:
    return {"units": report.map.values(rows.order_by()) if report.map else {}, "mapped": True}


def _totals(report: Report, rows: QuerySet[Any]) -> list[tuple[Column, str]]:
    """The totals of every row that the filters leave, as the files carry them."""
    sums = report.totals(rows)
    if sums is None:
        return []
    return list(zip(report.columns, writers.total_cells(report, sums), strict=True))


def _count(rows: QuerySet[Any]) -> str:
    counted = rows.order_by()[: COUNTED + 1].count()
    return "περισσότερες από 1.000" if counted > COUNTED else str(counted)


def export(request: Request, name: str, form: str) -> HttpResponseBase:
    """A report as CSV, XLSX or PDF: the same rows and figures as on screen."""
    if request.actor.user_id is None:
        return to_login(request)
    report = _report(request, name)
    write = {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf}.get(form)
    if write is None:
        raise Http404
    response = write(request, report, report.selected(request.actor, request.at, _query(request)))
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


export.permission = "report"  # type: ignore[attr-defined]


def _csv(_request: Request, report: Report, rows: QuerySet[Any]) -> HttpResponseBase:
    chunks = writers.csv_chunks(report, rows.iterator(chunk_size=BATCH))
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")


def _xlsx(_request: Request, report: Report, rows: QuerySet[Any]) -> HttpResponseBase:
    return FileResponse(writers.xlsx(report, rows.iterator(chunk_size=BATCH)), content_type=SHEET)


def _pdf(request: Request, report: Report, rows: QuerySet[Any]) -> HttpResponseBase:
    found = list(islice(rows.iterator(chunk_size=BATCH), LONGEST_PDF + 1))
    if len(found) > LONGEST_PDF:
        raise Refusal(
            "Το PDF χωρά έως 5.000 γραμμές και η αναφορά έχει περισσότερες. Στενέψτε τα φίλτρα ή "
            "κατεβάστε την σε XLSX ή CSV."
        )
    try:
        content = writers.pdf(report, found, at=request.at, subtitle=_chosen(request, report))
    except TypesettingError as error:
        raise Refusal(
            "Το PDF δεν τυπώνεται: κάποιο γράμμα δεν υπάρχει στη γραμματοσειρά. "
            "Κατεβάστε την αναφορά σε XLSX."
        ) from error
    return HttpResponse(content, content_type="application/pdf")


def _chosen(request: Request, report: Report) -> str:
    """The filters in words, for whoever reads the paper."""
    query = _query(request)
    words = [
        f"{each.title}: {dict(choices)[value]}"
        for each, choices, value in _filters(request, report, query)
        if value in dict(choices)
    ]
    return " · ".join([*words, f"Αναζήτηση: {query.search}"] if query.search else words)


@require_POST
@guarded("own.pages", about_object=False)
def save_view(request: Request, name: str) -> HttpResponse:
    """Keep the present filters and order under a name of my own."""
    _report(request, name)
    title = request.POST.get("name", "").replace("\0", "").strip()[:80]
    query = request.POST.get("query", "")[:2_000].replace("\0", "")
    if not title:
        raise Refusal("Γράψτε ένα όνομα για την προβολή, ώστε να τη βρείτε ξανά.")
    SavedView.objects.update_or_create(
        person_id=request.actor.person_id, report=name, name=title, defaults={"query": query}
    )
    messages.success(request, f"Η προβολή «{title}» αποθηκεύτηκε.")
    return HttpResponseRedirect(f"{reverse('kernel:report', args=[name])}?{query}")


@require_POST
@guarded("own.pages", about_object=False)
def forget_view(request: Request, name: str, pk: int) -> HttpResponse:
    """Delete a saved view of my own."""
    own = SavedView.objects.filter(person_id=request.actor.person_id, report=name)
    view = get_object_or_404(own, pk=pk)
    view.delete()
    messages.success(request, f"Η προβολή «{view.name}» διαγράφηκε.")
    return HttpResponseRedirect(reverse("kernel:report", args=[name]))
