"""Presence (εικόνα παρουσιών): the marks of signed sheets, counted by place in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance
from didaskaleio.programmes.models import Programme

CENTRE = "session__programme__centre"
THERE = (Mark.PRESENT, Mark.LATE)
AWAY = (Mark.ABSENT, Mark.EXCUSED)
# what a level is told apart by: key and name
LEVELS = {
    "region": (f"{CENTRE}__region_id", f"{CENTRE}__region__name"),
    "centre": (f"{CENTRE}_id", f"{CENTRE}__name"),
}


@dataclass(frozen=True)
class Line:
    """A region or a centre with the marks of its signed sheets."""

    key: int
    name: str
    marks: int
    there: int
    away: int
    excused: int

    @property
    def share(self) -> float:
        """The part of the marks that are absences."""
        return self.away / self.marks if self.marks else 0.0

    @property
    def percent(self) -> float:
        return round(100 * self.share, 1)


def lines(programmes: QuerySet[Programme], level: str) -> list[Line]:
    """The places of one level, those where most is missed first."""
    key, name = LEVELS[level]
    counted = (
        _marks(programmes)
        .values(key=F(key), name=F(name))
        .annotate(
            marks=Count("pk"),
            there=Count("pk", filter=Q(mark__in=THERE)),
            away=Count("pk", filter=Q(mark__in=AWAY)),
            excused=Count("pk", filter=Q(mark=Mark.EXCUSED)),
        )
    )
    found = [Line(**row) for row in counted]
    return sorted(found, key=lambda line: (-line.share, line.name))


def _marks(programmes: QuerySet[Programme]) -> QuerySet[Attendance]:
    settled = Attendance.objects.filter(attendee=Attendee.TRAINEE, session__state__in=SETTLED)
    return settled.filter(session__programme__in=programmes.order_by()).order_by()


def units(programmes: QuerySet[Programme]) -> dict[str, int]:
    """Absences by code of regional unit, for the map."""
    place = f"{CENTRE}__regional_unit__code"
    rows = _marks(programmes).filter(mark__in=AWAY).values_list(place)
    return dict(rows.annotate(many=Count("pk")))


def total(found: Iterable[Line]) -> Line:
    """What the lines add up to."""
    every = list(found)
    return Line(
        0,
        "Σύνολο",
        sum(line.marks for line in every),
        sum(line.there for line in every),
        sum(line.away for line in every),
        sum(line.excused for line in every),
    )
