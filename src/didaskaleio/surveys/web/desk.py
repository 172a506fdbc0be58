"""The officer's surveys: the list with progress, the results of one, their sheet and document."""

from __future__ import annotations

from django.db.models import QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.kernel import documents, journal
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.surveys import queries
from didaskaleio.surveys.documents import RESULTS_PDF, results_sheet
from didaskaleio.surveys.enums import SurveyState
from didaskaleio.surveys.lifecycle import SURVEY
from didaskaleio.surveys.models import Survey
from didaskaleio.surveys.suppression import SMALLEST

PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST = {"label": "Ερωτηματολόγια", "url": "/surveys/"}


@guarded("survey.desk", about_object=False)
def surveys(request: Request) -> HttpResponse:
    """Surveys of my body with the progress of their answers."""
    found = _filtered(request, rows(request, "survey.manage", queries.surveys()))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    answered = queries.progress(list(page.object_list))
    context = {
        "page": page,
        "lines": [(row, answered[row.pk]) for row in page],
        "cycle": SURVEY,
        "states": SurveyState.choices,
        "state": request.GET.get("state", ""),
        "q": request.GET.get("q", "")[:80],
        "questionnaire": request.GET.get("questionnaire", ""),
        "questionnaires": rows(request, "questionnaire.manage", queries.questionnaires())[:50],
    }
    return render(request, "surveys/list.html", context)


def _filtered(request: Request, found: QuerySet[Survey]) -> QuerySet[Survey]:
    state, chosen = request.GET.get("state", ""), number(request.GET.get("questionnaire", ""))
    if state in SurveyState.values:
        found = found.filter(state=state)
    if chosen is not None:
        found = found.filter(questionnaire=chosen)
    for word in request.GET.get("q", "").replace("\0", "")[:80].split():
        found = found.alias(key=GreekKeyOf("title")).filter(key__contains=GreekKeyOf(Value(word)))
    return found


@guarded("survey.manage")
def survey(request: Request, pk: int) -> HttpResponse:
    """One survey: how many answered and, once it closed, what."""
    row = one(request, "survey.manage", queries.surveys(), pk=pk)
    closed = row.state == SurveyState.CLOSED
    context = {
        "survey": row,
        "cycle": SURVEY,
        "answered": queries.progress([row])[row.pk],
        "closed": closed,
        "few": closed and (row.answered or 0) < SMALLEST,
        "results": queries.results(row),
        "words": queries.words(row),
        "year": queries.school_year(row.year),
        "steps": buttons(request, SURVEY, row),
        "entries": journal.of(row)[:20],
        "states": SurveyState,
        "crumbs": [LIST, {"label": row.title}],
    }
    return render(request, "surveys/survey.html", context)


@guarded("survey.manage")
def words(request: Request, pk: int, question: str) -> HttpResponse:
    """The answers in words to one question, fifty a page, in no order."""
    row = one(request, "survey.manage", queries.surveys(), pk=pk)
    found = queries.texts(row, question)
    asked = row.version.parsed().question(question)
    context = {
        "survey": row,
        "asked": asked,
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "crumbs": [
            LIST,
            {"label": row.title, "url": reverse("surveys:survey", args=[row.pk])},
            {"label": "Ανοιχτές απαντήσεις"},
        ],
    }
    return render(request, "surveys/words.html", context)


@guarded("survey.manage")
def document(request: Request, pk: int) -> HttpResponse:
    """The results as PDF."""
    row = one(request, "survey.manage", queries.surveys(), pk=pk)
    return _file(documents.render(RESULTS_PDF, row), "application/pdf", f"results-{row.pk}.pdf")


@guarded("survey.manage")
def sheet(request: Request, pk: int) -> HttpResponse:
    """The results as XLSX: the same cells, hidden where the page hides them."""
    row = one(request, "survey.manage", queries.surveys(), pk=pk)
    return _file(results_sheet(row), XLSX, f"results-{row.pk}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
