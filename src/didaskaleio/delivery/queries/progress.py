"""Live progress (πρόοδος) in numbers: country → region → centre → programme (R-055)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.queries.absences import near_or_over
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
# what a level shows: key, name, and how many programmes
LEVELS: dict[str, tuple[str, str, str]] = {
    "region": ("centre__region_id", "centre__region__name", "centre__region__sort_key"),
    "centre": ("centre_id", "centre__name", "centre__sort_key"),
    "programme": ("id", "code", "code"),
}


@dataclass
class Line:
    """One region, centre or programme with its numbers."""

    key: int
    name: str
    figures: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def exceptions(self) -> int:
        return sum(self.figures.get(name, 0) for name in ("late", "not_held", "over"))


def lines(programmes: QuerySet[Programme], level: str, at: datetime) -> list[Line]:
    """The lines of one level, those with most exceptions first, then by name."""
    key, name, order = LEVELS[level]
    rows = programmes.filter(state__in=SHOWN_STATES)
    counted = (
        rows.order_by(order, key)
        .values(key, name, order)
        .annotate(
            programmes=Count("pk"),
            running=Count("pk", filter=Q(state=ProgrammeState.RUNNING)),
            completed=Count("pk", filter=Q(state__in=["completed", "documented"])),
        )
    )
    found = {}
    for row in counted:
        line = found[row[key]] = Line(row[key], row[name])
        line.figures.update({k: row[k] for k in ("programmes", "running", "completed")})
    _sessions(found, rows, key, at)
    _people(found, rows, key, at, level)
    return sorted(found.values(), key=lambda line: -line.exceptions)


def _sessions(found: dict[int, Line], rows: QuerySet[Programme], key: str, at: datetime) -> None:
    path = f"programme__{key}" if key != "id" else "programme_id"
    overdue = Q(
        state__in=["planned", "rescheduled", "in_progress", "held"],
        programme__state="running",
        ends_at__lte=at - timedelta(hours=UNSIGNED_HOURS),
    )
    missed = Q(state=SessionState.NOT_HELD, programme__state="running")
    counted = (
        TrainingSession.objects.filter(programme__in=rows)
        .order_by()
        .values(path)
        .annotate(
            sessions=Count("pk"),
            signed=Count("pk", filter=Q(state__in=SETTLED)),
            late=Count("pk", filter=overdue),
            not_held=Count("pk", filter=missed),
        )
    )
    for row in counted:
        figures = {k: row[k] for k in ("sessions", "signed", "late", "not_held")}
        found[row[path]].figures.update(figures)


def _people(
    found: dict[int, Line], rows: QuerySet[Programme], key: str, at: datetime, level: str
) -> None:
    path = f"programme__{key}" if key != "id" else "programme_id"
    enrolled = ParticipationApplication.objects.filter(
        programme__in=rows, state__in=["enrolled", "attended", "certified"]
    )
    for row in enrolled.order_by().values(path).annotate(count=Count("pk")):
        found[row[path]].figures["trainees"] = row["count"]
    for absence in near_or_over(rows, at):
        group: Any = absence.application.programme
        number = {"region": "centre.region_id", "centre": "centre_id", "programme": "pk"}[level]
        for part in number.split("."):
            group = getattr(group, part)
        found[group].figures["over" if absence.standing.lost else "near"] += 1


def totals(found: list[Line]) -> dict[str, int]:
    """What the lines of a level add up to."""
    added: dict[str, int] = defaultdict(int)
    for line in found:
        for name, value in line.figures.items():
            added[name] += value
    return added
