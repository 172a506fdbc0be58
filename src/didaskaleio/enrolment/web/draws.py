"""Public pages of the draws: list, ceremony step by step, files, results by number."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.lifecycle import APPLICATION, DRAW
from didaskaleio.enrolment.models import (
    Draw,
    IssuedNumber,
    ParticipationApplication,
    PublicChange,
    PublishedHead,
)
from didaskaleio.enrolment.queries import results
from didaskaleio.kernel import greek, journal, limits
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, public, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_address, limited

FILES = {"bundle": "bundle", "result": "result", "frozen": "frozen"}


def the_draw(request: Request, period: str) -> Draw:
    """The draw of the address, without its large files."""
    return get_object_or_404(rows(request, "draw.read", results.light()), period__code=period)


@public
def draws(request: Request) -> HttpResponse:
    """All draws, the newest first."""
    found = rows(request, "draw.read", results.light()).order_by("-committed_at", "-pk")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "enrolment/draws.html", {"page": page, "cycle": DRAW})


ASKED = limits.declare("why", "ερωτήσεις «γιατί όχι εγώ»: διεύθυνση", 300, 300)


@public
@limited(ASKED, by_address, when=lambda request: "number" in request.GET)
def draw(request: Request, period: str) -> HttpResponse:
    """One draw: figures, check in the browser, why not me, the ceremony."""
    row = the_draw(request, period)
    number = "".join(c for c in request.GET.get("number", "") if c in "0123456789")[:8]
    published = row.state == DrawState.PUBLISHED
    heads = PublishedHead.objects.filter(period=row.period).order_by("-at")
    context = {
        "draw": row,
        "period": row.period,
        "cycle": DRAW,
        "published": published,
        "share": _share(row.figures),
        "number": number,
        "answer": results.why(row, number) if published and number else None,
        "heads": list(heads[:3]),
        "acts": list(row.period.acts.select_related("actor")),
        "entries": list(journal.of(row)[:30]),
        "changes": PublicChange.objects.filter(period=row.period).count() if published else 0,
        "revealed": _revealed(row) if published else "",
    }
    return render(request, "enrolment/draw.html", context)


def _share(figures: dict[str, Any]) -> int:
    placed = figures.get("placed", 0)
    return round(100 * figures.get("first_preference", 0) / placed) if placed else 0


def _revealed(row: Draw) -> str:
    """The secret as the published act recorded it; empty when it was lost."""
    entry = journal.of(row).filter(act="Δημοσιεύθηκαν δεδομένα και αποτέλεσμα").first()
    return str(entry.data.get("secret") or "") if entry else ""


@public
def download(request: Request, period: str, name: str) -> Any:
    """A published file of the draw, byte for byte as it was published."""
    row = the_draw(request, period)
    content = getattr(row, FILES[name]) if name in FILES else None
    if not content:
        raise Http404
    return FileResponse(
        BytesIO(bytes(content)),
        content_type="application/json",
        as_attachment="download" in request.GET,
        filename=f"{period}-{name}.json",
    )


@public
def by_number(request: Request, period: str) -> HttpResponse:
    """The results by number, in the order of the draw."""
    row = the_draw(request, period)
    if row.state != DrawState.PUBLISHED:
        raise Http404
    found = results.drawn(row.period)
    q = "".join(c for c in request.GET.get("q", "") if c in "0123456789")[:8]
    if q:
        found = found.filter(number__startswith=q)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "draw": row,
        "period": row.period,
        "page": page,
        "q": q,
        "answers": results.answers(row, page.object_list),
    }
    return render(request, "enrolment/results.html", context)


@public
def numbers(request: Request, period: str) -> HttpResponse:
    """The numbers in order of issue with their heads, and where each ended."""
    row = the_draw(request, period)
    if row.frozen_at is None:
        raise Http404
    found = IssuedNumber.objects.filter(period=row.period).order_by("position")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "draw": row,
        "period": row.period,
        "page": page,
        "lines": results.fates(row, list(page.object_list)),
    }
    return render(request, "enrolment/numbers.html", context)


@public
def heads(request: Request, period: str) -> HttpResponse:
    """The running heads as they were published, hour by hour."""
    row = the_draw(request, period)
    found = PublishedHead.objects.filter(period=row.period).order_by("-at")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"draw": row, "period": row.period, "page": page}
    return render(request, "enrolment/heads.html", context)


@public
def changes(request: Request, period: str) -> HttpResponse:
    """What changed after the draw, by number, with its reason."""
    row = the_draw(request, period)
    found = PublicChange.objects.filter(period=row.period).select_related(
        "from_programme", "to_programme"
    )
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"draw": row, "period": row.period, "page": page}
    return render(request, "enrolment/changes.html", context)


@guarded("application.read")
def by_name(request: Request, period: str) -> HttpResponse:
    """The results by name, for those entitled: body, centre for its programmes, oneself."""
    row = the_draw(request, period)
    found = ParticipationApplication.objects.filter(period=row.period).exclude(number="")
    visible = rows(request, "application.read", found).select_related(
        "person", "programme__cluster", "programme__centre"
    )
    q = request.GET.get("q", "")[:60].replace("\0", "")
    if q:
        visible = _search(visible, q)
    page = Paginator(visible.order_by("person__sort_key", "pk"), 50).get_page(
        request.GET.get("page")
    )
    context = {"draw": row, "period": row.period, "page": page, "q": q, "cycle": APPLICATION}
    return render(request, "enrolment/names.html", context)


def _search(found: Any, q: str) -> Any:
    if q.strip().isdecimal():
        return found.filter(number__startswith=q.strip())
    for word in greek.search_key(q).split():
        found = found.filter(person__sort_key__contains=word)
    return found
