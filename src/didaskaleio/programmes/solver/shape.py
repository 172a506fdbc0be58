"""Μορφή ενός προγράμματος: how many meetings, in which weeks, when face to face (001 §2)."""

from __future__ import annotations

from typing import Any

from didaskaleio.kernel.calendar import monday_of
from didaskaleio.programmes.solver.drafting import EVERY, Draft, Drafted, Unit, overlapping
from didaskaleio.programmes.timetable import Rule, SlotKind, slot_findings
from didaskaleio.programmes.timetable.week_rules import in_parts

CALENDAR = {Rule.PUBLIC_HOLIDAY, Rule.SCHOOL_BREAK, Rule.SCHOOL_HOURS, Rule.TIME_OF_DAY}


def shape(draft: Draft, one: Drafted) -> None:
    """Everything about one programme besides its people and rooms."""
    _counts(draft, one)
    _calendar(draft, one)
    _weeks(draft, one)
    if one.met:
        _face_to_face(draft, one)
    for pin, cell in enumerate(one.cells):
        if cell.pin:
            _pinned(draft, one, pin)
    spans = ((cell.slot.begins, cell.slot.ends, use) for cell, use in _pairs(one))
    for together in overlapping(spans):
        draft.cp.add_at_most_one(together)


def _pairs(one: Drafted) -> Any:
    return zip(one.cells, one.use, strict=True)


def _counts(draft: Draft, one: Drafted) -> None:
    composition = one.wanted.plan.composition
    draft.cp.add(sum(one.use) == composition.slots)
    for kind in (SlotKind.SYNCHRONOUS, SlotKind.SUPPORT):
        pinned = [use for cell, use in _pairs(one) if cell.pin and cell.slot.kind is kind]
        draft.cp.add(sum(pinned) <= composition.count(kind))
    if one.met:
        draft.cp.add(sum(one.met.values()) == composition.face_to_face)
        for index, met in one.met.items():
            draft.cp.add_implication(met, one.use[index])


def _calendar(draft: Draft, one: Drafted) -> None:
    """Holidays, breaks, lessons and hours of the day, by the rules of the timetable."""
    for cell, use in _pairs(one):
        for found in slot_findings(cell.slot, one.wanted.context, draft.books.parameters):
            if found.rule in CALENDAR and (found.is_error or found.rule is Rule.SCHOOL_BREAK):
                draft.forbid([use], found.rule.value, EVERY)


def _weeks(draft: Draft, one: Drafted) -> None:
    """The first week and the length are chosen; the weeks between are all taught."""
    numbers, total, amount = draft.books.parameters, one.wanted.plan.composition.slots, one.weeks
    least, most = numbers.minimum_slots_per_week, numbers.maximum_slots_per_week
    longest, shortest = numbers.maximum_teaching_weeks, -(-total // most)
    lengths = range(1 if draft.questioned else shortest, len(amount) + 1)
    for length in lengths if draft.questioned else range(shortest, longest + 1):
        for first in range(len(amount) - length + 1):
            one.spans[first, length] = chosen = draft.bool()
            if length > longest:
                unit = Unit("weeks", one.wanted.id, str(length), 8)
                draft.forbid([chosen], Rule.TEACHING_WEEKS.value, EVERY, unit)
    draft.cp.add_exactly_one(one.spans.values())
    for week in range(len(amount)):
        taught = sum(v for (first, size), v in one.spans.items() if first <= week < first + size)
        held = sum(one.use[index] for index in one.in_week(week))
        asked = draft.asked(Rule.SLOTS_PER_WEEK.value, EVERY)
        draft.cp.add(held <= most * taught).only_enforce_if(asked)
        draft.cp.add(held >= least * taught).only_enforce_if(asked)
        draft.cp.add(held <= len(one.in_week(week)) * taught)


def _face_to_face(draft: Draft, one: Drafted) -> None:
    numbers = draft.books.parameters
    met = [[one.met[index] for index in one.in_week(week)] for week, _ in enumerate(one.weeks)]
    for held in met:
        most = numbers.maximum_face_to_face_per_week
        draft.limit(sum(held), most, Rule.F2F_ONE_A_WEEK.value, EVERY)
    parts = numbers.face_to_face_parts
    if one.wanted.plan.composition.face_to_face < parts:
        return
    asked = draft.asked(Rule.F2F_SPREAD_THIRDS.value, EVERY)
    for (first, length), chosen in one.spans.items():
        for part in in_parts(one.weeks[first : first + length], parts):
            weeks = [one.weeks.index(monday) for monday in part]
            held = [met_there for week in weeks for met_there in met[week]]
            draft.cp.add_bool_or(held).only_enforce_if([chosen, *asked])


def _pinned(draft: Draft, one: Drafted, index: int) -> None:
    pin = one.cells[index].slot
    unit = Unit("pin", one.wanted.id, pin.id, 1)
    draft.forbid([one.use[index].negated()], "PIN", one.wanted.id, unit)
    if not one.met:
        return
    if pin.kind is SlotKind.FACE_TO_FACE:
        draft.forbid([one.use[index], one.met[index].negated()], "PIN", one.wanted.id, unit)
    else:
        draft.forbid([one.met[index]], "PIN", one.wanted.id, unit)


def week_of(one: Drafted, index: int) -> Any:
    """The Monday of a cell."""
    return monday_of(one.cells[index].slot.date)
