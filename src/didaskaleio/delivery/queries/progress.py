"""Live progress (πρόοδος) in numbers: country → region → prefecture → centre → programme (R-055).

Every figure is counted once, for each programme; every level adds the same figures up, so that
the lines of a level always sum to the line above it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.queries.absences import TAKING_PART, near_or_over
from didaskaleio.delivery.queries.exceptions import UNSIGNED_HOURS
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme

SHOWN_STATES = (
    ProgrammeState.ENROLLING,
    ProgrammeState.RUNNING,
    ProgrammeState.SUSPENDED,
    ProgrammeState.COMPLETED,
    ProgrammeState.DOCUMENTED,
)
# what a level shows: key, name, order
LEVELS: dict[str, tuple[str, str, str]] = {
    "region": ("centre__region_id", "centre__region__name", "centre__region__sort_key"),
    "prefecture": (
        "centre__prefecture_id",
        "centre__prefecture__name",
        "centre__prefecture__sort_key",
    ),
    "centre": ("centre_id", "centre__name", "centre__sort_key"),
    "programme": ("id", "code", "code"),
}
FIGURES = {
    "trainees": "Επιμορφούμενοι",
    "meetings": "Συναντήσεις",
    "signed": "Υπογράφηκαν",
    "late": "Ανυπόγραφα",
    "not_held": "Χωρίς αναπλήρωση",
    "near": "Κοντά στο όριο",
    "over": "Πάνω από το όριο",
    "exceptions": "Εξαιρέσεις",
}
WORSE = frozenset({"late", "not_held", "near", "over", "exceptions"})
STATES = {
    "programmes": Q(),
    "running": Q(state=ProgrammeState.RUNNING),
    "completed": Q(state__in=(ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)),
}


@dataclass(frozen=True)
class Line:
    """One region, prefecture, centre or programme with its numbers."""

    key: int
    name: str
    figures: dict[str, int]

    @property
    def exceptions(self) -> int:
        return self.figures["exceptions"]


@dataclass(frozen=True)
class Bar:
    """A line with one of its figures as a bar, against the longest of the level."""

    line: Line
    figure: str
    most: int

    @property
    def value(self) -> int:
        return self.line.figures[self.figure]

    @property
    def width(self) -> float:
        """How long the bar is, out of 100."""
        return round(100 * self.value / self.most, 1) if self.most else 0.0

    @property
    def is_bad(self) -> bool:
        """Whether more of it means worse."""
        return self.figure in WORSE


def with_figures(programmes: QuerySet[Programme], at: datetime) -> QuerySet[Any]:
    """Programmes that gather or meet, each with the figures of ``FIGURES``."""
    rows = programmes.filter(state__in=SHOWN_STATES)
    overdue = Q(
        state__in=["planned", "rescheduled", "in_progress", "held"],
        programme__state=ProgrammeState.RUNNING,
        ends_at__lte=at - timedelta(hours=UNSIGNED_HOURS),
    )
    missed = Q(state=SessionState.NOT_HELD, programme__state=ProgrammeState.RUNNING)
    sessions = TrainingSession.objects.filter(programme=OuterRef("pk"))
    people = ParticipationApplication.objects.filter(
        programme=OuterRef("pk"), state__in=TAKING_PART
    )
    return rows.annotate(
        trainees=_many(people),
        meetings=_many(sessions),
        signed=_many(sessions.filter(state__in=SETTLED)),
        late=_many(sessions.filter(overdue)),
        not_held=_many(sessions.filter(missed)),
        **_absent(rows, at),
    ).annotate(exceptions=F("late") + F("not_held") + F("over"))


def _many(rows: QuerySet[Any]) -> Coalesce:
    """How many of ``rows`` the programme of the outer query has, as a column."""
    counted = rows.order_by().values("programme").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _absent(rows: QuerySet[Programme], at: datetime) -> dict[str, Case]:
    """Trainees ``near`` the limit and ``over`` it: counted once, then the same in every sum."""
    near, over = Counter[int](), Counter[int]()
    for absence in near_or_over(rows, at):
        (over if absence.standing.lost else near)[absence.application.programme_id or 0] += 1
    return {"near": _given(near), "over": _given(over)}


def _given(counts: Counter[int]) -> Case:
    """A number for each programme, as a column; they are few and small."""
    alike: dict[int, list[int]] = defaultdict(list)
    for pk, count in counts.items():
        alike[count].append(pk)
    cases = (When(pk__in=pks, then=count) for count, pks in sorted(alike.items()))
    return Case(*cases, default=0, output_field=IntegerField())


def lines(programmes: QuerySet[Any], level: str) -> list[Line]:
    """The lines of one level, those with most exceptions first, then by name; one query.

    ``programmes`` are those of ``with_figures``.
    """
    key, name, order = LEVELS[level]
    counted = (
        programmes.order_by()
        .values(key, name, order)
        .annotate(**_sums())
        .order_by("-sum_exceptions", order, key)
    )
    return [Line(row[key], row[name], _figures(row)) for row in counted]


def total(found: Iterable[Line]) -> Line:
    """The line above: what the lines of a level add up to."""
    every = list(found)
    names = (*STATES, *FIGURES)
    return Line(0, "Σύνολο", {name: sum(line.figures[name] for line in every) for name in names})


def bars(found: Sequence[Line], figure: str) -> list[Bar]:
    """The lines of a level with one figure of each as a bar."""
    most = max((line.figures[figure] for line in found), default=0)
    return [Bar(line, figure, most) for line in found]


def units(programmes: QuerySet[Any], figure: str) -> dict[str, int]:
    """One figure by code of regional unit, for the map."""
    place = "centre__regional_unit__code"
    rows = programmes.order_by().values(place).annotate(**_sums())
    return {row[place]: value for row in rows if (value := row[f"sum_{figure}"])}


def _sums() -> dict[str, Any]:
    counts = {f"sum_{name}": Count("pk", filter=which) for name, which in STATES.items()}
    return counts | {f"sum_{name}": Sum(name, default=0) for name in FIGURES}


def _figures(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[f"sum_{name}"] for name in (*STATES, *FIGURES)}
