"""Questions of a forecast: who teaches where, and how busy the hours of past weeks were.

Each is one statement, whatever the number of teachers and meetings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Max, QuerySet, Sum

from didaskaleio.finance.enums import ContractKind, ContractState
from didaskaleio.finance.models import Contract
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.observatory.models import Forecast, StaffNeed
from didaskaleio.programmes.models import TrainingAction

Cell = tuple[int, int]  # prefecture, cluster

# each teacher once: at the school with most hours, in the first cluster of the specialty
TEACHERS = """
SELECT prefecture_id, cluster_id, count(*)
FROM (
  SELECT DISTINCT ON (t.id) t.id, s.prefecture_id, c.id AS cluster_id
  FROM people_teacher t
  JOIN people_schoolservice v ON v.teacher_id = t.id AND v.valid_from <= %(day)s
    AND (v.valid_until IS NULL OR v.valid_until >= %(day)s)
  JOIN structures_school s ON s.id = v.school_id AND s.prefecture_id IS NOT NULL
  JOIN structures_clustermember m ON m.specialty_id = t.specialty_id
  JOIN structures_cluster c ON c.id = m.cluster_id AND c.scheme_id = %(scheme)s
  ORDER BY t.id, v.hours DESC, v.id, c."order"
) each_once
GROUP BY 1, 2 ORDER BY 1, 2
"""
AVAILABLE = """
SELECT s.prefecture_id, pc.cluster_id, count(DISTINCT p.person_id)
FROM people_trainerprofile p
JOIN people_trainerprofile_clusters pc ON pc.trainerprofile_id = p.id
JOIN structures_cluster c ON c.id = pc.cluster_id AND c.scheme_id = %(scheme)s
JOIN people_teacher t ON t.person_id = p.person_id
JOIN people_schoolservice v ON v.teacher_id = t.id AND v.valid_from <= %(day)s
  AND (v.valid_until IS NULL OR v.valid_until >= %(day)s)
JOIN structures_school s ON s.id = v.school_id AND s.prefecture_id IS NOT NULL
WHERE p.valid_from <= %(day)s AND (p.valid_until IS NULL OR p.valid_until >= %(day)s)
GROUP BY 1, 2
"""
ENGAGED = """
SELECT k.prefecture_id, r.cluster_id, count(DISTINCT r.trainer_id)
FROM programmes_programme r
JOIN programmes_trainingperiod d ON d.id = r.period_id AND d.action_id = %(action)s
JOIN structures_trainingcentre k ON k.id = r.centre_id
WHERE r.trainer_id IS NOT NULL
  AND r.state IN ('viable', 'filling', 'enrolling', 'running', 'suspended')
GROUP BY GROUPING SETS ((1, 2), ())
"""
# the hours of each meeting, then the busiest hour of each week: of a region and of the country
HELD = """
WITH held AS (
  SELECT e.id, k.region_id, e.kind, e.starts_at, e.ends_at,
    date_trunc('week', e.starts_at AT TIME ZONE 'Europe/Athens')::date AS monday,
    (SELECT count(*) FROM delivery_attendance a
     WHERE a.session_id = e.id AND a.mark IN ('present', 'late')) AS persons
  FROM delivery_trainingsession e
  JOIN programmes_programme r ON r.id = e.programme_id
  JOIN programmes_trainingperiod d ON d.id = r.period_id AND d.action_id = %(action)s
  JOIN structures_trainingcentre k ON k.id = r.centre_id
  WHERE e.state NOT IN ('not_held', 'cancelled') AND e.ends_at <= %(at)s
    AND e.starts_at >= %(first)s AND e.starts_at < %(after)s
), hours AS (
  SELECT region_id, monday, hour,
    count(*) FILTER (WHERE kind = 'f2f') AS rooms,
    count(*) FILTER (WHERE kind <> 'f2f') AS virtual,
    sum(persons) AS persons
  FROM held, generate_series(date_trunc('hour', starts_at),
                             ends_at - interval '1 microsecond', interval '1 hour') AS hour
  GROUP BY GROUPING SETS ((region_id, monday, hour), (monday, hour))
), meetings AS (
  SELECT region_id, monday, count(*) AS meetings
  FROM held GROUP BY GROUPING SETS ((region_id, monday), (monday))
)
SELECT m.region_id, m.monday, m.meetings, max(h.rooms), max(h.virtual), max(h.persons)
FROM meetings m JOIN hours h ON h.monday = m.monday AND h.region_id IS NOT DISTINCT FROM m.region_id
GROUP BY 1, 2, 3 ORDER BY 2, 1
"""


class Held(NamedTuple):
    """A week as it was (πραγματική εβδομάδα)."""

    region: int | None
    monday: date
    meetings: int
    rooms: int
    virtual: int
    persons: int


def _asked(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _by_cell(rows: Iterable[tuple[Any, ...]]) -> dict[Cell, int]:
    return {(prefecture, cluster): many for prefecture, cluster, many in rows}


def teachers(action: TrainingAction, day: date) -> dict[Cell, int]:
    """The teachers of each prefecture and cluster of the action's scheme."""
    return _by_cell(_asked(TEACHERS, day=day, scheme=action.scheme_id))


def available(action: TrainingAction, day: date) -> dict[Cell, int]:
    """The trainers of each cluster who serve in each prefecture."""
    return _by_cell(_asked(AVAILABLE, day=day, scheme=action.scheme_id))


def engaged(action: TrainingAction) -> tuple[dict[Cell, int], int]:
    """The trainers of the programmes that the action runs or soon will: by cell, and each once."""
    rows = _asked(ENGAGED, action=action.pk)
    everybody = next((many for prefecture, _, many in rows if prefecture is None), 0)
    return _by_cell(row for row in rows if row[0] is not None), everybody


def markers(action: TrainingAction) -> int:
    """Who has a contract to mark in the action, in force or over, each once."""
    rows = Contract.objects.filter(action=action, kind=ContractKind.MARKER)
    signed = rows.filter(state__in=(ContractState.IN_FORCE, ContractState.ENDED))
    return signed.order_by().values("payee").distinct().count()


def targeted(action: TrainingAction) -> int:
    """The people whom an action wants by its targets (άτομα των στόχων).

    Targets of one kind (of a region, of a cluster in a region …) tell the same people apart, so
    the kind that adds up to most counts; without any, what the action wants in all.
    """
    kinds: Counter[tuple[bool, ...]] = Counter()
    for *key, people in action.targets.values_list("region", "cluster", "category", "people"):
        kinds[tuple(part is not None for part in key)] += people
    return max(kinds.values(), default=action.target)


def held(action: TrainingAction, first: datetime, after: datetime, at: datetime) -> list[Held]:
    """Each week with meetings that have ended by ``at``: of each region and of the country."""
    rows = _asked(HELD, action=action.pk, first=first, after=after, at=at)
    return [Held(*row) for row in rows]


def forecasts(actor: Actor) -> QuerySet[Forecast]:
    """The forecasts that the actor may read, the latest first."""
    rows = access.visible(actor, "forecast.read", Forecast.objects.all())
    return rows.select_related("action__body", "by").order_by("-at", "-pk")


def actions(actor: Actor) -> QuerySet[TrainingAction]:
    """The actions of which the actor may make a forecast."""
    rows = access.visible(actor, "forecast.make", TrainingAction.objects.all())
    return rows.order_by("title", "pk")


def lacking(row: Forecast) -> QuerySet[StaffNeed]:
    """Where more trainers are needed than serve there, the widest gap first."""
    rows = StaffNeed.objects.filter(forecast=row, trainers__gt=F("available"))
    rows = rows.select_related("prefecture", "cluster")
    gap = F("trainers") - F("available")
    return rows.annotate(gap=gap).order_by("-gap", "prefecture__sort_key", "cluster__order")


def totals(row: Forecast) -> dict[str, Any]:
    """Groups and trainers of the whole country, and its busiest week."""
    staff = row.staff.aggregate(groups=Sum("groups"), trainers=Sum("trainers"))
    staff |= row.marking.aggregate(scripts=Sum("scripts"), markers=Sum("markers"))
    country = row.weeks.filter(region=None)
    return staff | country.aggregate(
        rooms=Max("rooms"),
        virtual=Max("virtual"),
        persons=Max("persons"),
        support=Max("support"),
        held_rooms=Max("held_rooms"),
        held_virtual=Max("held_virtual"),
        held_persons=Max("held_persons"),
    )
