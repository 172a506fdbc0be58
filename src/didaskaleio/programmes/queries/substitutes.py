"""Who could take over meetings of a programme that runs (αντικατάσταση), and who could not: why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When

from didaskaleio.people.models import Person
from didaskaleio.programmes import parameters, timetable
from didaskaleio.programmes.models import Programme, Slot
from didaskaleio.programmes.queries import availability
from didaskaleio.programmes.queries.plans import context_of, held, plan_of, pure_slot
from didaskaleio.programmes.queries.trainers import places_of, says, services_on, trainers
from didaskaleio.programmes.timetable import Rule

SHOWN = 50
PREFECTURE, REGION, ELSEWHERE = 0, 1, 2
OF_TRAINER = frozenset(
    {
        Rule.TRAINER_CLASH,
        Rule.TRAINER_AVAILABILITY,
        Rule.TRAINER_LOCALITY,
        Rule.TRAINER_CLUSTER,
        Rule.LOAD_WEEK,
        Rule.LOAD_PERIOD,
        Rule.LOAD_OPERATION,
    }
)


@dataclass(frozen=True)
class Stand:
    """How a trainer stands to some meetings (καταλληλότητα): what forbids it, what speaks against.

    ``far`` is 0 in the prefecture of the centre, 1 in its region, 2 elsewhere.
    """

    person: Person
    far: int
    places: tuple[str, ...]
    findings: tuple[timetable.Finding, ...]

    @property
    def errors(self) -> list[timetable.Finding]:
        return [finding for finding in self.findings if finding.is_error]

    @property
    def warnings(self) -> list[timetable.Finding]:
        return [finding for finding in self.findings if not finding.is_error]


def stands(
    programme: Programme,
    slots: Sequence[Slot],
    at: datetime,
    *,
    words: str = "",
    leaving_out: Collection[int] = (),
) -> list[Stand]:
    """At most ``SHOWN`` trainers valid on the day, the nearest first, those of the cluster alone.

    ``words`` look for a name or a place among the trainers of every cluster of the action.
    """
    day = min(slot.date for slot in slots)
    able = trainers(programme.period, day)
    if not words:
        able = able.filter(trainer_profile__clusters=programme.cluster_id)
    for word in words.split()[:6]:
        able = able.filter(says(word, day))
    others = able.exclude(pk__in=leaving_out).order_by().values("pk")
    return judged(programme, slots, Person.objects.filter(pk__in=others), at)


def judged(
    programme: Programme, slots: Sequence[Slot], people: QuerySet[Person], at: datetime
) -> list[Stand]:
    """How each of ``people`` stands to the meetings."""
    day = min(slot.date for slot in slots)
    found = list(_near(programme, people, day)[:SHOWN])
    against = findings_about(programme, [pure_slot(s, programme) for s in slots], found, at)
    return [
        Stand(person, person.far, places_of(_schools(person)), tuple(against[person.pk]))
        for person in found
    ]


def _near(programme: Programme, people: QuerySet[Person], day: date) -> QuerySet[Any]:
    centre, services = programme.centre, services_on(day)
    here = services.filter(school__prefecture=centre.prefecture_id)
    around = services.filter(school__prefecture__region=centre.region_id)
    far = Case(
        When(pk__in=here.values("teacher__person"), then=Value(PREFECTURE)),
        When(pk__in=around.values("teacher__person"), then=Value(REGION)),
        default=Value(ELSEWHERE),
        output_field=IntegerField(),
    )
    rows = people.annotate(far=far).select_related("teacher", "trainer_profile")
    served = services.select_related("school__prefecture")
    clusters = programme.period.action.scheme.clusters.all()
    return rows.prefetch_related(
        Prefetch("teacher__services", served), Prefetch("trainer_profile__clusters", clusters)
    ).order_by("far", "sort_key", "pk")


def _schools(person: Any) -> list[Any]:
    teacher = getattr(person, "teacher", None)
    return [service.school for service in teacher.services.all()] if teacher else []


def _trainer(person: Any) -> timetable.Trainer:
    profile = getattr(person, "trainer_profile", None)
    clusters = profile.clusters.all() if profile else ()
    places = {s.prefecture.code: s.prefecture.name for s in _schools(person) if s.prefecture}
    return timetable.Trainer(
        id=str(person.pk),
        name=person.full_name,
        clusters=tuple(timetable.Named(row.code, str(row)) for row in clusters),
        prefectures=tuple(timetable.Named(code, name) for code, name in sorted(places.items())),
    )


def findings_about(
    programme: Programme,
    slots: Sequence[timetable.Slot],
    people: Iterable[Any],
    at: datetime,
) -> dict[int, list[timetable.Finding]]:
    """The rules about a trainer that each of ``people`` would break by teaching ``slots`` alone."""
    ids = [person.pk for person in people]
    numbers = parameters.of(programme.period.action, at).timetable()
    plan, context = plan_of(programme, slots), context_of(programme)
    said, loads = availability.declared(ids), availability.loads(ids, programme.period)
    busy = _busy(programme, ids, {slot.id for slot in slots})
    found = {}
    for person in people:
        theirs = replace(
            context,
            trainer_busy=tuple(busy[person.pk]),
            availability=said.get(person.pk) or timetable.Availability(),
            trainer_load=loads.get(person.pk) or timetable.Load(),
        )
        told = timetable.find(replace(plan, trainer=_trainer(person)), theirs, numbers)
        found[person.pk] = [finding for finding in told if finding.rule in OF_TRAINER]
    return found


def _busy(
    programme: Programme, ids: Collection[int], leaving_out: Collection[str]
) -> dict[int, list[timetable.Busy]]:
    days = (programme.period.first_day, programme.period.last_day)
    rows = Slot.objects.filter(trainer__in=ids, live=True, date__range=days)
    rows = rows.exclude(pk__in=[int(pk) for pk in leaving_out])
    found: dict[int, list[timetable.Busy]] = defaultdict(list)
    for slot in rows.select_related("programme__cluster", "programme__centre"):
        found[slot.trainer_id or 0].append(held(slot))
    return found
