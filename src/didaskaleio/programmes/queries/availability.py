"""What trainers declared and how much they teach (διαθεσιμότητα, φόρτος), for the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from didaskaleio.kernel.calendar import monday_of
from didaskaleio.programmes import timetable
from didaskaleio.programmes.enums import LIVE_STATES, ProgrammeState, SlotKind, WishKind
from didaskaleio.programmes.models import Availability, Slot, TrainingPeriod
from didaskaleio.programmes.timetable import Off, Window, Wish

WISHES = {
    WishKind.CANNOT: Wish.CANNOT,
    WishKind.RATHER_NOT: Wish.RATHER_NOT,
    WishKind.CAN: Wish.CAN,
    WishKind.LIKES: Wish.LIKES,
    WishKind.WANTS: Wish.WANTS,
}
TAUGHT = (*LIVE_STATES, ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)


def declared(people: Iterable[int]) -> dict[int, timetable.Availability]:
    """Who declared what; whoever declared nothing is not in it."""
    rows = Availability.objects.filter(person__in=list(people))
    return {
        row.person_id: timetable.Availability(
            windows=tuple(
                Window(wish.weekday, wish.start, wish.end, WISHES[WishKind(wish.wish)])
                for wish in row.wishes.all()
            ),
            off=tuple(Off(days.first, days.last) for days in row.days_off.all()),
            hours_per_week=row.hours_per_week,
        )
        for row in rows.prefetch_related("wishes", "days_off")
    }


def loads(
    people: Iterable[int], period: TrainingPeriod, *, leaving_out: Collection[int] = ()
) -> dict[int, timetable.Load]:
    """The hours that each teaches elsewhere: by week, in the period, in its operation (πράξη).

    An action without an operation is one by itself.
    """
    who = Coalesce("trainer_id", "programme__trainer_id")
    rows = Slot.objects.alias(who=who).filter(who__in=list(people), programme__state__in=TAUGHT)
    rows = rows.exclude(programme__in=leaving_out)
    action = period.action
    operation = Q(programme__period__action=action)
    if action.project_id:
        operation = Q(programme__period__action__project=action.project_id)
    near = Q(date__range=(monday_of(period.first_day), period.last_day))
    found: dict[int, Any] = defaultdict(lambda: [defaultdict(float), 0.0, 0.0])
    for slot in rows.filter(operation | near).select_related(
        "programme__category", "programme__period__action"
    ):
        _count(found[slot.trainer_id or slot.programme.trainer_id or 0], slot, period)
    return {who: timetable.Load(dict(weeks), one, two) for who, (weeks, one, two) in found.items()}


def _count(held: list[Any], slot: Slot, period: TrainingPeriod) -> None:
    hours, theirs = _hours(slot), slot.programme.period
    held[0][monday_of(slot.date)] += hours
    if theirs.pk == period.pk:
        held[1] += hours
    same = theirs.action.project_id == period.action.project_id
    if theirs.action_id == period.action_id or (period.action.project_id and same):
        held[2] += hours


def _hours(slot: Slot) -> int:
    category = slot.programme.category
    if slot.kind == SlotKind.SUPPORT:
        return category.support_hours
    return category.session_hours + category.async_hours_per_session
