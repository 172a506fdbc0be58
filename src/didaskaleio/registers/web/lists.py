"""Public pages of the lists of a call: by code, with what recomputes them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import standings
from didaskaleio.registers.enums import ListStage, ObjectionState
from didaskaleio.registers.models import RankingList, RankingRow
from didaskaleio.registers.models.lists import KINDS, OUTCOMES

PAGE = 50


def _list(pk: int) -> RankingList:
    rows = RankingList.objects.select_related("call__body", "act").defer("table", "rules")
    return get_object_or_404(rows, pk=pk)


@public
def ranking(request: Request, pk: int) -> HttpResponse:
    """A published list, line by line, with search by code."""
    made = _list(pk)
    code = "".join(request.GET.get("code", "").split())[:8]
    outcome = request.GET.get("outcome", "")
    known = outcome in KINDS or outcome == standings.CHANGED
    found = standings.rows_of(made, code, outcome if known else "")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = _said(made) | {
        "page": page,
        "lines": standings.with_reasons(page),
        "code": code,
        "outcome": outcome,
        "mine": _own(request, made),
        "now": request.at,
        "crumbs": _crumbs(made),
    }
    return render(request, "registers/ranking.html", context)


def _said(made: RankingList) -> dict[str, Any]:
    counts = standings.counts(made)
    return {
        "list": made,
        "call": made.call,
        "others": standings.lists_of(made.call).exclude(pk=made.pk),
        "outcomes": [(key, label, counts[key]) for key, label in OUTCOMES if key in counts],
        "lot": standings.terms_of(made.call),
        "names": file_names(made),
        "changed": made.rows.filter(changed=True).count(),
        "final": made.stage == ListStage.FINAL,
    }


def _own(request: Request, made: RankingList) -> RankingRow | None:
    if request.actor.user_id is None:
        return None
    mine = standings.rows_of(made).filter(candidacy__person=request.actor.user_id)
    return mine.first()


def _crumbs(made: RankingList) -> list[dict[str, str]]:
    return [
        {"label": "Προσκλήσεις", "url": reverse("registers:calls")},
        {"label": made.call.title, "url": reverse("registers:call", args=[made.call_id])},
        {"label": made.get_stage_display()},
    ]


def file_names(made: RankingList) -> dict[str, str]:
    """How the two files are called when they are saved."""
    number = made.act.number.replace("/", "-")
    return {"table": f"table-{number}.csv", "rules": f"rules-{number}.json"}


@public
def table(_request: Request, pk: int) -> HttpResponse:
    """The table of a list, byte for byte as it was published."""
    return _file(_list(pk), "table", "text/csv")


@public
def rules(_request: Request, pk: int) -> HttpResponse:
    """The rules of a list, byte for byte as they were published."""
    return _file(_list(pk), "rules", "application/json")


def _file(made: RankingList, column: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(getattr(made, column), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{file_names(made)[column]}"'
    return answer


@guarded("standing.page")
def standing(request: Request, pk: int) -> HttpResponse:
    """How one candidacy stands in a list, question by question: claimed, let stand, why."""
    found = RankingRow.objects.select_related(
        "list__act", "before", "candidacy__call__body", "candidacy__call__form"
    ).select_related("candidacy__submission", "candidacy__person")
    line = one(request, "standing.page", found, pk=pk)
    standings.with_reasons([line])
    row = line.candidacy
    own = row.person_id == request.actor.user_id
    context = {
        "candidacy": row,
        "call": row.call,
        "line": line,
        "list": line.list,
        "own": own,
        "parts": standings.judged(row, line.rulings),
        "objection": row.objections.exclude(state=ObjectionState.WITHDRAWN).first(),
        "may_object": own and not standings.why_no_objection(row.call, row, request.at),
        "now": request.at,
        "crumbs": [
            {"label": "Υποψηφιότητα", "url": reverse("registers:candidacy", args=[row.pk])},
            {"label": line.list.get_stage_display()},
        ],
    }
    return render(request, "registers/standing.html", context)
