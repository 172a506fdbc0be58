"""Presence (εικόνα παρουσιών): the marks of signed sheets, counted by place in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet

from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance
from didaskaleio.programmes.models import Programme

CENTRE = "session__programme__centre"
AWAY = (Mark.ABSENT, Mark.EXCUSED)
# what a level is told apart by: key and name
LEVELS = {"region": ("r.id", "r.name"), "centre": ("c.id", "c.name")}
# the marks are added up by session before they meet their place: a third of the time
LINES = """
WITH held AS MATERIALIZED (
  SELECT s.id, p.centre_id FROM delivery_trainingsession s
  JOIN programmes_programme p ON p.id = s.programme_id
  WHERE s.state = ANY(%s) AND p.id IN ({programmes})
), sums AS (
  SELECT session_id, count(*) AS marks,
    count(*) FILTER (WHERE mark IN ('present', 'late')) AS there,
    count(*) FILTER (WHERE mark IN ('absent', 'excused')) AS away,
    count(*) FILTER (WHERE mark = 'excused') AS excused
  FROM delivery_attendance
  WHERE attendee = 'trainee' AND session_id IN (SELECT id FROM held)
  GROUP BY session_id
)
SELECT {key}, {name}, sum(marks)::int, sum(there)::int, sum(away)::int, sum(excused)::int
FROM sums JOIN held ON held.id = sums.session_id
JOIN structures_trainingcentre c ON c.id = held.centre_id
JOIN structures_region r ON r.id = c.region_id
GROUP BY 1, 2"""


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
    chosen, values = programmes.order_by().values("pk").query.sql_with_params()
    sql = LINES.format(programmes=chosen, key=key, name=name)
    with connection.cursor() as cursor:
        cursor.execute(sql, [[str(state) for state in SETTLED], *values])
        found = [Line(*row) for row in cursor.fetchall()]
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
