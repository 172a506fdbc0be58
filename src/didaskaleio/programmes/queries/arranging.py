"""Drafts as the solver reads them (βιβλία του αυτόματου σχεδιασμού)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from didaskaleio.people.models import Person, SchoolService
from didaskaleio.programmes import parameters, solver, timetable
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Arrangement, Programme, Slot, TrainingPeriod
from didaskaleio.programmes.queries import availability, plans
from didaskaleio.programmes.queries.programmes import with_relations
from didaskaleio.programmes.queries.trainers import trainers
from didaskaleio.structures.models import Region, TrainingCentre

OPEN = (ProgrammeState.DRAFT, ProgrammeState.RETURNED)
PEOPLE = 6  # for each programme: its own person, then those of the prefecture
MOST = 8  # programmes of a centre while a person waits


@dataclass(frozen=True)
class Kept:
    """What stays of one programme (καρφιτσωμένα): its person, these meetings."""

    trainer: bool = False
    slots: tuple[timetable.Slot, ...] = ()


def drafts(
    period: TrainingPeriod, centre: TrainingCentre | None = None, region: Region | None = None
) -> QuerySet[Programme]:
    """The programmes that an arrangement may change: drafts and those that came back."""
    rows = Programme.objects.filter(period=period, state__in=OPEN)
    if centre is not None:
        rows = rows.filter(centre=centre)
    if region is not None:
        rows = rows.filter(centre__region=region)
    found = with_relations(rows).prefetch_related("slots", "staff__person", "centre__rooms")
    return found.order_by("code", "pk")


def books(
    programmes: Sequence[Programme],
    at: datetime,
    *,
    kept: Mapping[int, Kept] | None = None,
    seen: Mapping[int, Mapping[str, Any]] | None = None,
) -> solver.Books:
    """Βιβλία of drafts of one period.

    ``seen`` holds, by programme, person and slots of a plan that stands in for what is stored.
    """
    kept, seen = kept or {}, seen or {}
    period = programmes[0].period
    able = {one.pk: _people(one, seen.get(one.pk, {}).get("trainer")) for one in programmes}
    wanted = tuple(
        _wanted(one, able[one.pk], kept.get(one.pk, Kept()), seen.get(one.pk)) for one in programmes
    )
    people = _persons({pk for ids in able.values() for pk in ids}, period, programmes)
    numbers = parameters.of(period.action, at).timetable()
    return solver.Books(wanted, people, numbers)


def _wanted(
    programme: Programme, able: list[int], kept: Kept, seen: Mapping[str, Any] | None
) -> solver.Wanted:
    plan = plans.plan_of(programme, seen["slots"] if seen else None)
    if seen and seen["trainer"] and seen["trainer"] != programme.trainer_id:
        person = Person.objects.get(pk=seen["trainer"])
        plan = replace(plan, trainer=plans.trainer_of(person, programme.period.first_day))
    context = replace(
        plans.context_of(programme),
        trainer_busy=(),
        availability=timetable.Availability(),
        trainer_load=timetable.Load(),
    )
    return solver.Wanted(
        id=str(programme.pk),
        code=programme.code,
        plan=plan,
        context=context,
        people=tuple(map(str, able)),
        pins=kept.slots,
        keep_trainer=kept.trainer and plan.trainer is not None,
    )


def _people(programme: Programme, seen: int | None) -> list[int]:
    """Who may teach it: its person, then trainers of the cluster, those of the prefecture first."""
    period, centre = programme.period, programme.centre
    on = Q(valid_until=None) | Q(valid_until__gte=period.first_day)
    near = SchoolService.objects.filter(
        on,
        hours__gt=0,
        valid_from__lte=period.first_day,
        school__prefecture=centre.prefecture_id,
        teacher__person=OuterRef("pk"),
    )
    able = trainers(period).filter(trainer_profile__clusters=programme.cluster_id)
    rows = Person.objects.filter(pk__in=able.order_by().values("pk")).annotate(near=Exists(near))
    if programme.category.locality:
        rows = rows.filter(near=True)
    own = [pk for pk in (seen, programme.trainer_id) if pk]
    found = [*own, *rows.order_by("-near", "sort_key", "pk").values_list("pk", flat=True)[:PEOPLE]]
    return list(dict.fromkeys(found))[:PEOPLE]


def _persons(
    ids: set[int], period: TrainingPeriod, programmes: Sequence[Programme]
) -> dict[str, solver.Person]:
    apart = [one.pk for one in programmes]
    declared = availability.declared(ids)
    loads = availability.loads(ids, period, leaving_out=apart)
    busy = _busy(ids, period, apart)
    rows = Person.objects.filter(pk__in=ids).select_related("trainer_profile")
    found = {}
    for row in rows.prefetch_related("trainer_profile__clusters").order_by("pk"):
        trainer = plans.trainer_of(row, period.first_day)
        if trainer is None:
            continue
        found[trainer.id] = solver.Person(
            trainer,
            tuple(busy.get(row.pk, ())),
            declared.get(row.pk) or timetable.Availability(),
            loads.get(row.pk) or timetable.Load(),
        )
    return found


def _busy(
    ids: Iterable[int], period: TrainingPeriod, apart: list[int]
) -> dict[int, list[timetable.Busy]]:
    days = (period.first_day, period.last_day)
    rows = Slot.objects.filter(trainer__in=ids, live=True, date__range=days)
    found: dict[int, list[timetable.Busy]] = {}
    for slot in rows.exclude(programme__in=apart).select_related(
        "programme__cluster", "programme__centre"
    ):
        found.setdefault(slot.trainer_id or 0, []).append(plans.held(slot))
    return found


def arrangements(period: TrainingPeriod, centre: TrainingCentre | None) -> QuerySet[Arrangement]:
    """The arrangements of a centre, or of the body's officers, newest first."""
    rows = Arrangement.objects.filter(period=period, centre=centre)
    return rows.select_related("asked_by", "region", "centre", "period")
