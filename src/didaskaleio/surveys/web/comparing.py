"""Comparison of the surveys of a questionnaire, on the page and as a sheet."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.surveys import queries
from didaskaleio.surveys.documents import workbook
from didaskaleio.surveys.models import Questionnaire
from didaskaleio.surveys.web.desk import XLSX
from didaskaleio.surveys.web.keeping import crumbs_of

CUTS = (
    ("survey", "Ανά διεξαγωγή"),
    ("group", "Ανά δράση"),
    ("region", "Ανά περιφέρεια"),
    ("year", "Ανά σχολικό έτος"),
)
HEADS = ("Ομάδα", "Ερώτηση", "Διεξαγωγές", "Απαντήσεις", "Μέση τιμή", "Από")
PAGE = 50


def _asked(request: Request, pk: int) -> tuple[Questionnaire, str, int | None]:
    row = one(request, "questionnaire.manage", queries.questionnaires(), pk=pk)
    by, year = request.GET.get("by", "survey"), number(request.GET.get("year", ""))
    return row, by if by in dict(CUTS) else "survey", year


def _definition(row: Questionnaire) -> Definition:
    """The words of the last published version; of a questionnaire that has none, no page."""
    version = queries.newest(row)
    if version is None or not queries.items_of(version.parsed()):
        raise Http404
    return version.parsed()


def _lines(row: Questionnaire, asked: Definition, by: str, year: int | None) -> list[Any]:
    ids = queries.closed_of(row, year).values_list("pk", flat=True)
    lines = queries.compared(asked, ids, by)
    if by != "year":
        return lines
    return [line.named(queries.school_year(int(line.name))) for line in lines]


@guarded("questionnaire.manage")
def compare(request: Request, pk: int) -> HttpResponse:
    """One question across programmes, actions, regions or years, beside the mean of all."""
    row, by, year = _asked(request, pk)
    asked = _definition(row)
    items = queries.items_of(asked)
    chosen = next((one for one in items if one.key == request.GET.get("item")), items[0])
    lines = [line for line in _lines(row, asked, by, year) if chosen.fits(line)]
    whole = [line for line in _lines(row, asked, "all", year) if chosen.fits(line)]
    context = {
        "questionnaire": row,
        "items": items,
        "item": chosen,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "whole": whole[0] if whole else None,
        "cuts": CUTS,
        "by": by,
        "year": year,
        "years": [(y, queries.school_year(y)) for y in queries.years_of(row.surveys.all())],
        "left_out": queries.left_out(row, year),
        "crumbs": [*crumbs_of(row), {"label": "Σύγκριση"}],
    }
    return render(request, "surveys/compare.html", context)


@guarded("questionnaire.manage")
def sheet(request: Request, pk: int) -> HttpResponse:
    """Every question of the same comparison as XLSX."""
    row, by, year = _asked(request, pk)
    asked = _definition(row)
    items = {(item.question, item.line): item for item in queries.items_of(asked)}
    lines = [
        [line.name, item.title, line.surveys, line.people, float(line.mean), item.top]
        for line in _lines(row, asked, by, year)
        if (item := items.get((line.question, line.line)))
    ]
    content = workbook((dict(CUTS)[by], HEADS, lines))
    headers = {"Content-Disposition": f'attachment; filename="compare-{row.pk}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
