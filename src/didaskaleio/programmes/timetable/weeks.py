"""Εβδομάδες: teaching weeks as the rules count them and as the screen shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from didaskaleio.kernel.calendar import monday_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.plan import Plan, Slot


@dataclass(frozen=True, slots=True)
class Day:
    """Ημέρα της οθόνης: its holiday or break by name, and its slots by hour."""

    date: date
    holiday: str | None
    school_break: str | None
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Εβδομάδα της οθόνης: Monday to Sunday.

    `number` is None for an empty holiday week, which does not count, and for the weeks before the
    first meeting; `teaching` says that the week counts among the programme's own.
    """

    number: int | None
    teaching: bool
    days: tuple[Day, ...]

    @property
    def monday(self) -> date:
        return self.days[0].date

    @property
    def saturday(self) -> date:
        return self.days[5].date

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(slot for day in self.days for slot in day.slots)

    @property
    def holidays(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(day.holiday for day in self.days if day.holiday))

    @property
    def school_breaks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(day.school_break for day in self.days if day.school_break))

    @property
    def is_gap(self) -> bool:
        """True for an empty week of holidays: one line across the table on the screen."""
        return not self.slots and all(day.holiday or day.school_break for day in self.days[:5])


def mondays(first: date, last: date) -> list[date]:
    """The Mondays of all weeks from that of `first` to that of `last`."""
    start = monday_of(first)
    return [
        start + timedelta(weeks=step) for step in range((monday_of(last) - start).days // 7 + 1)
    ]


def teaching_weeks(slots: Sequence[Slot], context: Context) -> dict[date, list[Slot]]:
    """Εβδομάδες διδασκαλίας: Monday → slots, from the first meeting's week to the last one's.

    A holiday week without meetings does not count; any other empty week does (DOMAIN R2b).
    """
    if not slots:
        return {}
    days = [slot.date for slot in slots]
    weeks: dict[date, list[Slot]] = {monday: [] for monday in mondays(min(days), max(days))}
    for slot in sorted(slots, key=lambda slot: (slot.begins, slot.id)):
        weeks[monday_of(slot.date)].append(slot)
    return {
        monday: held
        for monday, held in weeks.items()
        if held or not context.is_holiday_week(monday)
    }


def weeks(plan: Plan, context: Context) -> list[Week]:
    """Εβδομάδες για την οθόνη: the period's weeks, and those of meetings that fall outside it."""
    days = [slot.date for slot in plan.slots]
    first, last = min([context.first_day, *days]), max([context.last_day, *days])
    teaching = teaching_weeks(plan.slots, context)
    begins = min(teaching, default=monday_of(first))
    rows: list[Week] = []
    number = 0
    for monday in mondays(first, last):
        row = _week(monday, plan.slots, context)
        if monday >= begins and not row.is_gap:
            number += 1
            row = Week(number, monday in teaching, row.days)
        rows.append(row)
    return rows


def _week(monday: date, slots: Iterable[Slot], context: Context) -> Week:
    held = sorted(
        (slot for slot in slots if monday_of(slot.date) == monday),
        key=lambda slot: (slot.begins, slot.id),
    )
    return Week(
        number=None,
        teaching=False,
        days=tuple(_day(monday + timedelta(days=step), held, context) for step in range(7)),
    )


def _day(day: date, slots: Iterable[Slot], context: Context) -> Day:
    found = context.break_on(day)
    return Day(
        date=day,
        holiday=context.public_holidays.get(day),
        school_break=found.name if found else None,
        slots=tuple(slot for slot in slots if slot.date == day),
    )
