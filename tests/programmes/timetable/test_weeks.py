"""Teaching weeks as the rules count them (DOMAIN R2b, R9) and as the screen shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from didaskaleio.programmes.timetable import (
    Context,
    Rule,
    Slot,
    SlotKind,
    find,
    teaching_weeks,
    weeks,
)
from tests.programmes.timetable.samples import CONTEXT, EASTER, PARAMETERS, PLAN, moved

WEEK_RULES = {Rule.SLOTS_PER_WEEK, Rule.TEACHING_WEEKS}
LONG = replace(CONTEXT, last_day=date(2023, 8, 31), public_holidays={})
NO_BREAKS = replace(LONG, school_breaks=())


def pattern(counts: list[int]) -> tuple[Slot, ...]:
    """Slots on Monday, Tuesday … of weeks from 6 March 2023, as many as the counts say."""
    monday = date(2023, 3, 6)
    return tuple(
        Slot(
            f"{week}-{place}",
            SlotKind.SYNCHRONOUS,
            monday + timedelta(weeks=week, days=place),
            time(17, 30),
            90,
        )
        for week, count in enumerate(counts)
        for place in range(count)
    )


def broken(counts: list[int], context: Context = NO_BREAKS) -> list[Rule]:
    plan = replace(PLAN, slots=pattern(counts))
    return [found.rule for found in find(plan, context, PARAMETERS) if found.rule in WEEK_RULES]


FIFTEEN = [1] * 10 + [2] * 5


def test_ten_weeks_of_one_and_five_of_two_are_allowed() -> None:
    assert broken(FIFTEEN) == []


def test_two_empty_easter_weeks_do_not_count() -> None:
    counts = [*FIFTEEN[:5], 0, 0, *FIFTEEN[5:]]
    plan = replace(PLAN, slots=pattern(counts))
    context = replace(CONTEXT, public_holidays={})
    found = [finding.rule for finding in find(plan, context, PARAMETERS)]
    assert not WEEK_RULES & set(found)
    assert Rule.PERIOD_BOUNDS not in found
    assert len(teaching_weeks(plan.slots, context)) == 15


def test_empty_weeks_that_are_no_holidays_do_count() -> None:
    assert broken([*FIFTEEN[:5], 0, 0, *FIFTEEN[5:]]) == [
        Rule.SLOTS_PER_WEEK,
        Rule.SLOTS_PER_WEEK,
        Rule.TEACHING_WEEKS,
    ]


@pytest.mark.parametrize(
    ("counts", "rules"),
    [
        ([*FIFTEEN[:-2], 3, 1], [Rule.SLOTS_PER_WEEK]),
        ([1] * 12 + [2] * 4, [Rule.TEACHING_WEEKS]),
        ([1] * 11 + [2] * 4, []),
    ],
)
def test_weeks_of_three_and_sixteen_weeks_are_refused(counts: list[int], rules: list[Rule]) -> None:
    assert broken(counts) == rules


def test_nineteen_slots_are_refused_by_the_count_of_their_kind() -> None:
    slots = tuple(slot for slot in PLAN.slots if slot.id != "0803")
    assert len(slots) == 19
    found = find(replace(PLAN, slots=slots), CONTEXT, PARAMETERS)
    assert [(finding.code, finding.is_error) for finding in found] == [("COMP_SYNC", True)]


def test_fifteen_weeks_from_the_sixth_of_march_end_on_the_eighteenth_of_june() -> None:
    first = date(2023, 3, 6)
    plan = replace(PLAN, slots=pattern(FIFTEEN))
    last = weeks(plan, replace(NO_BREAKS, first_day=first, last_day=date(2023, 6, 18)))[-1]
    assert (last.number, last.days[-1].date) == (15, date(2023, 6, 18))


def test_with_two_easter_weeks_the_fifteenth_week_ends_on_the_second_of_july() -> None:
    last = weeks(PLAN, CONTEXT)[-1]
    assert (last.number, last.teaching, last.days[-1].date) == (15, True, date(2023, 7, 2))


def test_the_screen_shows_easter_as_two_gaps_between_the_fifth_and_the_sixth_week() -> None:
    rows = weeks(PLAN, CONTEXT)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, None, None, *range(6, 16)]
    assert [row.monday for row in rows if row.is_gap] == [date(2023, 4, 10), date(2023, 4, 17)]
    assert rows[5].school_breaks == (EASTER.name,)
    assert rows[6].holidays == ("Δευτέρα του Πάσχα",)
    assert [slot.id for slot in rows[0].slots] == ["0603", "0803"]
    assert rows[0].saturday == date(2023, 3, 11)


def test_a_holiday_is_named_on_its_day() -> None:
    week = next(row for row in weeks(PLAN, CONTEXT) if row.monday == date(2023, 5, 1))
    assert [day.holiday for day in week.days] == ["Εργατική Πρωτομαγιά", *[None] * 6]
    assert [slot.id for slot in week.days[3].slots] == ["0405"]


def test_a_meeting_outside_the_period_still_has_its_week() -> None:
    rows = weeks(moved("2806", "1207"), CONTEXT)
    assert rows[-1].monday == date(2023, 7, 10)
    assert [slot.id for slot in rows[-1].slots] == ["2806"]


def test_an_empty_plan_shows_the_whole_period_without_teaching_weeks() -> None:
    rows = weeks(replace(PLAN, slots=()), CONTEXT)
    assert len(rows) == 17
    assert not any(row.teaching for row in rows)
    assert teaching_weeks((), CONTEXT) == {}


def test_an_empty_week_with_a_single_holiday_still_counts() -> None:
    [found] = find(moved("0405", "0905"), CONTEXT, PARAMETERS)
    assert found.sentence.startswith("Η 7η εβδομάδα δεν έχει τρίωρο·")
    assert found.subject == "2023-05-01"
