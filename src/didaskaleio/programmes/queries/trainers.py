"""Search in the register of trainers (μητρώο επιμορφωτών) for a programme of a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value

from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.people.models import Person, SchoolService
from didaskaleio.programmes.enums import ActionRole
from didaskaleio.programmes.models import Programme, Slot, TrainingPeriod
from didaskaleio.programmes.queries import registers

SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """A trainer as the search shows one (υποψήφιος/α): where they serve, how busy they are.

    ``programmes`` counts live programmes in the days of the period; ``clashes`` the meetings of
    this proposal at hours when the trainer already teaches, None before there is a timetable.
    """

    person: Person
    places: tuple[str, ...]
    clusters: tuple[str, ...]
    near: bool
    programmes: int
    clashes: int | None


def trainers(period: TrainingPeriod, on: date | None = None) -> QuerySet[Person]:
    """Trainers for any cluster of the action, valid ``on`` a day or on the first one of lessons.

    Where the action names a register they are its members too.
    """
    day = on or period.first_day
    valid = Q(trainer_profile__valid_until=None) | Q(trainer_profile__valid_until__gte=day)
    rows = Person.objects.filter(
        valid,
        is_active=True,
        trainer_profile__clusters__scheme=period.action.scheme_id,
        trainer_profile__valid_from__lte=day,
    )
    if register := registers.drawn_on(period.action_id, ActionRole.TRAINER):
        rows = rows.filter(pk__in=registers.members(register, day).values("person"))
    return rows.order_by("sort_key").distinct()


def find_trainers(
    period: TrainingPeriod,
    prefecture_id: int,
    *,
    words: str = "",
    cluster_id: int | None = None,
    programme: Programme | None = None,
) -> list[Candidate]:
    """At most ``SHOWN`` trainers by words of name, town or prefecture; those near come first."""
    rows = Person.objects.filter(pk__in=trainers(period).order_by().values("pk"))
    if cluster_id is not None:
        rows = rows.filter(trainer_profile__clusters=cluster_id)
    for word in words.split()[:6]:
        rows = rows.filter(says(word, period.first_day))
    near = services_on(period.first_day).filter(school__prefecture=prefecture_id)
    shown = rows.annotate(
        near=Exists(near.filter(teacher__person=OuterRef("pk"))),
    ).order_by("-near", "sort_key", "pk")
    return _candidates(shown[:SHOWN], period, programme)


def one_trainer(
    period: TrainingPeriod, prefecture_id: int, pk: int, programme: Programme | None = None
) -> list[Candidate]:
    """The trainer that is chosen already, as the search shows one; empty when not eligible."""
    near = services_on(period.first_day).filter(school__prefecture=prefecture_id)
    rows = Person.objects.filter(pk__in=trainers(period).filter(pk=pk).order_by().values("pk"))
    shown = rows.annotate(near=Exists(near.filter(teacher__person=OuterRef("pk"))))
    return _candidates(shown, period, programme)


def services_on(day: date) -> QuerySet[SchoolService]:
    on = Q(valid_until=None) | Q(valid_until__gte=day)
    return SchoolService.objects.filter(on, hours__gt=0, valid_from__lte=day)


def says(word: str, day: date) -> Q:
    """The word is part of the name, or of the town or prefecture where the trainer serves."""
    key = GreekKeyOf(Value(word))
    there = services_on(day).alias(town_key=GreekKeyOf("school__town"))
    place = there.filter(Q(town_key__contains=key) | Q(school__prefecture__sort_key__contains=key))
    return Q(sort_key__contains=key) | Q(pk__in=place.values("teacher__person_id"))


def _candidates(
    rows: QuerySet[Person], period: TrainingPeriod, programme: Programme | None
) -> list[Candidate]:
    services = services_on(period.first_day).select_related("school__prefecture")
    people: Iterable[Any] = rows.select_related("teacher").prefetch_related(
        Prefetch("teacher__services", services),
        Prefetch("trainer_profile__clusters", period.action.scheme.clusters.all()),
    )
    ids = [person.pk for person in people]
    busy, clashes = _busy(ids, period, programme), _clashes(ids, programme)
    return [
        Candidate(
            person,
            _places(person),
            tuple(row.shown_code for row in person.trainer_profile.clusters.all()),
            person.near,
            busy.get(person.pk, 0),
            None if clashes is None else clashes.get(person.pk, 0),
        )
        for person in people
    ]


def _places(person: Any) -> tuple[str, ...]:
    teacher = getattr(person, "teacher", None)
    return places_of([service.school for service in teacher.services.all()] if teacher else [])


def places_of(schools: Iterable[Any]) -> tuple[str, ...]:
    """Where schools stand: town and prefecture, each place once."""
    named = (
        f"{s.town}, {s.prefecture.name}" if s.prefecture and s.prefecture.name != s.town else s.town
        for s in schools
    )
    return tuple(dict.fromkeys(named))


def _busy(ids: list[int], period: TrainingPeriod, programme: Programme | None) -> dict[int, int]:
    """How many other live programmes each teaches in the days of the period."""
    days = (period.first_day, period.last_day)
    live = Slot.objects.filter(trainer__in=ids, live=True, date__range=days)
    if programme is not None:
        live = live.exclude(programme=programme)
    rows = live.order_by().values_list("trainer").annotate(Count("programme", distinct=True))
    return {pk: count for pk, count in rows if pk is not None}


def _clashes(ids: list[int], programme: Programme | None) -> dict[int, int] | None:
    """How many meetings of others overlap those of ``programme``; None without a timetable."""
    own = [slot.span for slot in programme.slots.all()] if programme is not None else []
    if not own:
        return None
    overlap = Q()
    for span in own:
        overlap |= Q(span__overlap=span)
    others = Slot.objects.filter(overlap, trainer__in=ids, live=True).exclude(programme=programme)
    rows = others.order_by().values_list("trainer").annotate(Count("pk"))
    return {pk: count for pk, count in rows if pk is not None}
