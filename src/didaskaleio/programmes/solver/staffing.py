"""Στελέχωση και αίθουσες: who teaches what, where, within what they declared and their limits."""

from __future__ import annotations

from typing import Any

from didaskaleio.kernel.calendar import monday_of
from didaskaleio.programmes.solver.books import Person
from didaskaleio.programmes.solver.drafting import Draft, Drafted, Unit, overlapping
from didaskaleio.programmes.timetable import Busy, Off, Rule, Slot, Window

NOBODY, NOWHERE = "?", "?"


def staff(draft: Draft) -> None:
    """Everybody in one place at a time, by locality and cluster, within the limits of load."""
    for one in draft.programmes:
        _choose(draft, one)
    for who, person in draft.books.people.items():
        theirs = [one for one in draft.programmes if who in one.takes]
        for one in theirs:
            _elsewhere(draft, one, who, person)
            _declared(draft, one, who, person)
        held = (
            (cell.slot.begins, cell.slot.ends, one.by[who][index])
            for one in theirs
            for index, cell in enumerate(one.cells)
        )
        for together in overlapping(held):
            draft.limit(sum(together), 1, Rule.TRAINER_CLASH.value, who)
        _loads(draft, theirs, who, person)


def _choose(draft: Draft, one: Drafted) -> None:
    plan, context = one.wanted.plan, one.wanted.context
    own = plan.trainer.id if plan.trainer else ""
    for who in (*one.wanted.people, *([NOBODY] if draft.questioned else [])):
        one.takes[who] = takes = draft.bool()
        one.by[who] = [draft.bool() for _ in one.cells]
        for holds in one.by[who]:
            draft.cp.add_implication(holds, takes)
        if who == NOBODY:
            draft.forbid([takes], "", "", Unit("person", one.wanted.id, "", 6))
            continue
        trainer = draft.books.people[who].trainer
        if plan.composition.locality and context.centre_prefecture not in trainer.prefectures:
            draft.forbid([takes], Rule.TRAINER_LOCALITY.value, one.wanted.id)
        if plan.cluster.code not in {cluster.code for cluster in trainer.clusters}:
            draft.forbid([takes], Rule.TRAINER_CLUSTER.value, one.wanted.id)
        if one.wanted.keep_trainer and who != own:
            draft.forbid([takes], "PIN_TRAINER", one.wanted.id, Unit("swap", one.wanted.id, "", 3))
    draft.cp.add_exactly_one(one.takes.values())
    for index, use in enumerate(one.use):
        draft.cp.add(sum(holds[index] for holds in one.by.values()) == use)


def _elsewhere(draft: Draft, one: Drafted, who: str, person: Person) -> None:
    for index, cell in enumerate(one.cells):
        for busy in person.busy:
            if cell.slot.overlaps(busy.begins, busy.ends):
                unit = Unit("busy", who, meeting(busy), 3)
                draft.forbid([one.by[who][index]], "TRAINER_BUSY", who, unit)


def _declared(draft: Draft, one: Drafted, who: str, person: Person) -> None:
    for index, cell in enumerate(one.cells):
        if against := person.availability.against(cell.slot):
            unit = Unit("declared", who, declared(against), 2)
            draft.forbid([one.by[who][index]], Rule.TRAINER_AVAILABILITY.value, who, unit)


def _loads(draft: Draft, theirs: list[Drafted], who: str, person: Person) -> None:
    numbers, load = draft.books.parameters, person.load
    whole = sum(one.wanted.hours * one.takes[who] for one in theirs)
    for rule, limit, held in (
        (Rule.LOAD_PERIOD, numbers.trainer_hours_per_period, load.period),
        (Rule.LOAD_OPERATION, numbers.trainer_hours_per_operation, load.operation),
    ):
        if limit is not None and theirs:
            _within(draft, whole, limit - held, rule, who)
    limits = (numbers.trainer_hours_per_week, person.availability.hours_per_week)
    if set_ := [limit for limit in limits if limit is not None]:
        _weekly(draft, theirs, who, person, min(set_))


def _weekly(draft: Draft, theirs: list[Drafted], who: str, person: Person, limit: int) -> None:
    weeks: dict[Any, list[Any]] = {}
    for one in theirs:
        for cell, holds in zip(one.cells, one.by[who], strict=True):
            hours = one.wanted.longest_hours * holds
            weeks.setdefault(monday_of(cell.slot.date), []).append(hours)
    free = {monday: max(0, int(limit - person.load.weeks.get(monday, 0))) for monday in weeks}
    for monday, hours in weeks.items():
        _within(draft, sum(hours), free[monday], Rule.LOAD_WEEK, who)
    # follows from the weeks; said by itself, what is too much is proven at once
    least = min((one.wanted.longest_hours for one in theirs), default=1)
    meetings = sum(hours // least for hours in free.values())
    whole = sum(one.wanted.plan.composition.slots * one.takes[who] for one in theirs)
    _within(draft, whole, meetings, Rule.LOAD_WEEK, who)


def _within(draft: Draft, hours: Any, left: float, rule: Rule, who: str) -> None:
    eased = draft.eased(Unit("load", who, rule.value, 4), rule.value, who)
    asked = [*draft.asked(rule.value, who), *(one.negated() for one in eased)]
    draft.cp.add(hours <= max(0, int(left))).only_enforce_if(asked)


def seat(draft: Draft) -> None:
    """Every face-to-face session in a room with places for the group, one class at a time."""
    rooms: dict[str, list[tuple[Any, Any, Any]]] = {}
    for one in draft.programmes:
        if not one.met:
            continue
        _rooms(draft, one)
        for room, held in one.inside.items():
            spans = ((one.cells[i].slot.begins, one.cells[i].slot.ends, v) for i, v in held.items())
            if room != NOWHERE:
                rooms.setdefault(room, []).extend(spans)
    for room, spans_ in rooms.items():
        for together in overlapping(spans_):
            draft.limit(sum(together), 1, Rule.ROOM_CLASH.value, room)


def _rooms(draft: Draft, one: Drafted) -> None:
    about = one.wanted.id
    for room in (*one.wanted.context.rooms, *([NOWHERE] if draft.questioned else [])):
        one.inside[room] = {index: draft.bool() for index in one.met}
        for index, there in one.inside[room].items():
            slot = one.cells[index].slot
            if room == NOWHERE:
                draft.forbid([there], "", "", Unit("room", about, "", 5))
            elif room not in one.wanted.seated:
                draft.forbid([there], Rule.ROOM_CAPACITY.value, about)
            else:
                _taken(draft, one, room, (slot, there))
    for index, met in one.met.items():
        draft.cp.add(sum(held[index] for held in one.inside.values()) == met)


def _taken(draft: Draft, one: Drafted, room: str, place: tuple[Slot, Any]) -> None:
    slot, there = place
    for busy in one.wanted.context.room_busy:
        if busy.room_id == room and slot.overlaps(busy.begins, busy.ends):
            draft.forbid([there], "ROOM_BUSY", room, Unit("taken", room, meeting(busy), 2))
    if one.wanted.pins and slot.room_id and slot.room_id != room:
        draft.forbid([there], "PIN", one.wanted.id, Unit("pin", one.wanted.id, slot.id, 1))


def meeting(busy: Busy) -> str:
    """A meeting elsewhere as a unit names it: day, hour, programme, which one."""
    where = f"{busy.date.isoformat()} {busy.start:%H:%M}"
    return f"{where}|{busy.programme_code}|{busy.session_label}"


def declared(against: Window | Off) -> str:
    """A declaration as a unit names it: days of absence, or a weekday with its hours."""
    if isinstance(against, Off):
        return f"off|{against.first.isoformat()}|{against.last.isoformat()}"
    return f"week|{against.weekday}|{against.start:%H:%M}–{against.end:%H:%M}"
