"""Υποψήφιες διορθώσεις: small changes worth trying for a finding, the nearest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable.composition import SlotKind
from didaskaleio.programmes.timetable.composition_rules import COUNT_RULES
from didaskaleio.programmes.timetable.rules import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from didaskaleio.programmes.timetable.case import Case
    from didaskaleio.programmes.timetable.plan import Slot

Changes = tuple["Slot", ...]
Cost = tuple[float, int, float, str]
# An hour that this kind of meeting does not use elsewhere in the plan counts as so many days away;
# a weekday that no meeting uses, as so many.
_UNUSUAL_HOUR = 3
_UNUSUAL_WEEKDAY = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """Υποψήφια διόρθωση: the changed slots and how far they move (days, then hours)."""

    cost: Cost
    changes: Changes


def candidates(finding: Finding, case: Case) -> Iterator[Candidate]:
    """The changes to try for this finding, nearest first; none where only people can decide."""
    for source in _SOURCES.get(finding.rule, ()):
        yield from sorted(source(finding, case), key=lambda candidate: candidate.cost)


def _concerned(finding: Finding, case: Case) -> list[Slot]:
    return [slot for slot in case.plan.slots if slot.id in finding.slots]


def _moves(finding: Finding, case: Case) -> Iterator[Candidate]:
    for slot in _concerned(finding, case):
        yield from _moves_of(slot, case, _days(case))


def _moves_to_any_time(finding: Finding, case: Case) -> Iterator[Candidate]:
    """Every half hour of the slot's own week, for plans whose usual times are all wrong."""
    for slot in _concerned(finding, case):
        days = [day for day in _days(case) if abs(day - slot.date) < timedelta(weeks=1)]
        yield from _moves_of(slot, case, days, tuple(_half_hours(case)))


def _moves_into_week(finding: Finding, case: Case) -> Iterator[Candidate]:
    """For a week with too few: a slot from a week that can spare it."""
    monday = date.fromisoformat(finding.subject)
    if len(case.weeks[monday]) >= case.parameters.minimum_slots_per_week:
        return
    days = [day for day in _days(case) if monday <= day < monday + timedelta(days=7)]
    for held in case.weeks.values():
        if len(held) > case.parameters.minimum_slots_per_week:
            for slot in held:
                yield from _moves_of(slot, case, days)


def _moves_of(
    slot: Slot, case: Case, days: Iterable[date], times: tuple[time, ...] = ()
) -> Iterator[Candidate]:
    usual = {
        (other.date.weekday(), other.start)
        for other in case.plan.of_kind(slot.kind)
        if other.id != slot.id
    }
    weekdays = {other.date.weekday() for other in case.plan.slots if other.id != slot.id}
    starts = times or tuple(sorted({other.start for other in case.plan.slots}))
    for day in days:
        for start in starts:
            if (day, start) == (slot.date, slot.start):
                continue
            moved = replace(slot, date=day, start=start)
            strange = 0 if (day.weekday(), start) in usual else _UNUSUAL_HOUR
            if day.weekday() not in weekdays:
                strange = _UNUSUAL_WEEKDAY
            yield Candidate(_cost(slot, moved, strange), (moved,))


def _cost(slot: Slot, moved: Slot, strange: int) -> Cost:
    days = (moved.date - slot.date).days
    minutes = abs(_minutes(moved.start) - _minutes(slot.start))
    away = abs(days) + strange
    return (away, int(days < 0), minutes, f"{moved.begins.isoformat()} {slot.id}")


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _days(case: Case) -> list[date]:
    first, last = case.context.first_day, case.context.last_day
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in days if day.weekday() in case.parameters.weekdays]


def _half_hours(case: Case) -> Iterator[time]:
    moment = datetime.combine(case.context.first_day, case.parameters.earliest)
    while moment.time() < case.parameters.latest:
        yield moment.time()
        moment += timedelta(minutes=30)


def _swaps(finding: Finding, case: Case) -> Iterator[Candidate]:
    """A face-to-face session and a synchronous one change places, days and hours stay."""
    ours = _concerned(finding, case) or case.plan.of_kind(SlotKind.FACE_TO_FACE)
    for one in ours:
        for two in case.plan.of_kind(SlotKind.SYNCHRONOUS):
            if one.minutes == two.minutes:
                yield Candidate(
                    (abs((one.date - two.date).days), 0, 0, f"{one.id} {two.id}"),
                    (
                        replace(one, kind=two.kind, room_id=two.room_id),
                        replace(two, kind=one.kind, room_id=one.room_id),
                    ),
                )


def _kinds(finding: Finding, case: Case) -> Iterator[Candidate]:
    """Slots of a kind with too many become of the kind with too few."""
    gaps = {kind: _gap(kind, case) for kind in COUNT_RULES.values()}
    kind = COUNT_RULES[finding.rule]
    for slot in case.plan.slots:
        for other, gap in gaps.items():
            if kind in {slot.kind, other} and gaps[slot.kind] > 0 > gap:
                yield Candidate((0, 0, 0, slot.begins.isoformat()), (_as_kind(slot, other, case),))


def _gap(kind: SlotKind, case: Case) -> int:
    return len(case.plan.of_kind(kind)) - case.plan.composition.count(kind)


def _as_kind(slot: Slot, kind: SlotKind, case: Case) -> Slot:
    rooms = _rooms_by_use(case)
    room_id = rooms[0] if rooms and kind is SlotKind.FACE_TO_FACE else None
    minutes = case.parameters.minutes(case.plan.composition, kind)
    return replace(slot, kind=kind, minutes=minutes, room_id=room_id)


def _rooms_by_use(case: Case) -> list[str]:
    """Rooms of the centre that hold the group, those that the plan uses most first."""
    used = Counter(slot.room_id for slot in case.plan.of_kind(SlotKind.FACE_TO_FACE))
    rooms = case.context.rooms.values()
    fit = [room.id for room in rooms if room.seats >= case.plan.capacity]
    return sorted(fit, key=lambda room_id: (-used[room_id], room_id))


def _rooms(finding: Finding, case: Case) -> Iterator[Candidate]:
    concerned = _concerned(finding, case)
    for position, room_id in enumerate(_rooms_by_use(case)):
        changes = tuple(replace(slot, room_id=room_id) for slot in concerned)
        yield Candidate((0, 0, position, room_id), changes)


def _durations(finding: Finding, case: Case) -> Iterator[Candidate]:
    for slot in _concerned(finding, case):
        minutes = case.parameters.minutes(case.plan.composition, slot.kind)
        yield Candidate((0, 0, 0, slot.id), (replace(slot, minutes=minutes),))


_MOVE = (_moves, _moves_to_any_time)
_SOURCES: Mapping[Rule, tuple[Callable[[Finding, Case], Iterator[Candidate]], ...]] = {
    **dict.fromkeys(COUNT_RULES, (_kinds,)),
    Rule.HOURS_TOTAL: (_durations,),
    Rule.SLOTS_PER_WEEK: (_moves, _moves_into_week),
    Rule.TEACHING_WEEKS: (_moves,),
    Rule.F2F_ONE_A_WEEK: (_swaps, _moves),
    Rule.F2F_SPREAD_THIRDS: (_swaps,),
    Rule.SCHOOL_HOURS: _MOVE,
    Rule.PUBLIC_HOLIDAY: _MOVE,
    Rule.SCHOOL_BREAK: _MOVE,
    Rule.PERIOD_BOUNDS: _MOVE,
    Rule.TIME_OF_DAY: _MOVE,
    Rule.TRAINER_CLASH: _MOVE,
    Rule.ROOM_CLASH: (_rooms, *_MOVE),
    Rule.TRAINER_AVAILABILITY: _MOVE,
    Rule.LOAD_WEEK: (_moves,),
    Rule.SELF_OVERLAP: _MOVE,
    Rule.ROOM_MISSING: (_rooms,),
    Rule.ROOM_CAPACITY: (_rooms,),
}
