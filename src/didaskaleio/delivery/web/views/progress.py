"""Live progress: from the country down to a programme, in numbers, as bars and on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.delivery import queries
from didaskaleio.delivery.queries.progress import FIGURES, Line
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import Prefecture, Region, TrainingCentre

# what may be chosen: the level below it, where its programmes are, its rows
PLACES: dict[str, tuple[str, str, QuerySet[Any]]] = {
    "centre": ("programme", "centre", TrainingCentre.objects.select_related("prefecture__region")),
    "prefecture": ("centre", "centre__prefecture", Prefecture.objects.select_related("region")),
    "region": ("prefecture", "centre__region", Region.objects.all()),
}
HEADS = {
    "region": "Περιφέρεια",
    "prefecture": "Νομός",
    "centre": "Κ.Σ.Ε.",
    "programme": "Πρόγραμμα",
}


@dataclass(frozen=True)
class Chosen:
    """The place that the address names; without one, the country."""

    kind: str
    place: Any

    @property
    def level(self) -> str:
        return PLACES[self.kind][0] if self.kind else "region"

    @property
    def address(self) -> str:
        return f"{self.kind}={self.place.pk}" if self.kind else ""

    def within(self, programmes: QuerySet[Programme]) -> QuerySet[Programme]:
        """The programmes of this place."""
        return programmes.filter(**{PLACES[self.kind][1]: self.place}) if self.kind else programmes

    def above(self) -> list[tuple[str, str]]:
        """The places around it, the widest first: address and name."""
        place, found = self.place, []
        prefecture = getattr(place, "prefecture", None)
        if self.kind in {"centre", "prefecture"}:
            region = prefecture.region if prefecture else place.region
            found.append((f"region={region.pk}", region.name))
        if prefecture:
            found.append((f"prefecture={prefecture.pk}", prefecture.name))
        return found


def _chosen(request: Request) -> Chosen:
    for kind, (_, _, places) in PLACES.items():
        pk = number(request.GET.get(kind, ""))
        place = None if pk is None else places.filter(pk=pk).first()
        if place is not None:
            return Chosen(kind, place)
    return Chosen("", None)


@guarded("delivery.progress", about_object=False)
def progress(request: Request) -> HttpResponse:
    """One level in numbers: what is chosen, its parts, those with exceptions first."""
    chosen = _chosen(request)
    allowed = chosen.within(rows(request, "programme.follow", Programme.objects.all()))
    counted = queries.progress.with_figures(allowed, request.at)
    lines = queries.progress.lines(counted, chosen.level)
    figure = request.GET.get("figure", "")
    figure = figure if figure in FIGURES else "exceptions"
    bars = queries.progress.bars(lines, figure)
    context = {
        "chosen": chosen,
        "head": HEADS[chosen.level],
        "page": Paginator(bars, 50).get_page(request.GET.get("page")),
        "total": queries.progress.total(lines),
        "figures": FIGURES.items(),
        "figure": figure,
        "noun": FIGURES[figure],
        "units": queries.progress.units(counted, figure),
        "opens": _opened(request, lines) if chosen.kind == "centre" else set(),
    }
    return render(request, "delivery/progress.html", context)


def _opened(request: Request, lines: list[Line]) -> set[int]:
    """Of the programmes shown those whose sessions the person may open."""
    shown = Programme.objects.filter(pk__in=[line.key for line in lines])
    return set(rows(request, "programme.read", shown).values_list("pk", flat=True))
