"""The order of a period's phases, and the period that begins from the one before it.

Shows: R-025.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.programmes import rules
from tests.factories.programmes import DATES

MOMENTS = {name: DATES[name] for name in (*rules.MOMENTS, *rules.DAYS)}
HOUR = timedelta(hours=1)


def test_the_dates_of_the_second_period_of_b2_are_in_order():
    assert rules.out_of_order(MOMENTS) == {}


@pytest.mark.parametrize(("later", "earlier", "_words"), rules.FOLLOWS)
def test_each_moment_that_does_not_follow_the_one_before_says_so_at_its_own_field(
    later, earlier, _words
):
    for wrong in (MOMENTS[earlier], MOMENTS[earlier] - HOUR):
        assert later in rules.out_of_order(MOMENTS | {later: wrong})


def test_the_sentence_names_what_it_must_follow():
    moved = MOMENTS | {"phase_a_opens": datetime(2022, 12, 23, 15, tzinfo=ATHENS)}
    assert rules.out_of_order(moved) == {
        "phase_a_opens": "Η Α΄ φάση ανοίγει μετά τη λήξη των προτάσεων (23/12/2022, 15:00): "
        "δώστε μεταγενέστερη στιγμή."
    }


def test_lessons_begin_on_the_day_of_their_start_or_later_and_end_after_they_begin():
    early = rules.out_of_order(MOMENTS | {"first_day": date(2023, 3, 5)})
    assert list(early) == ["first_day"]
    assert "6/3/2023" in early["first_day"]
    same = rules.out_of_order(MOMENTS | {"last_day": date(2023, 3, 6)})
    assert list(same) == ["last_day"]


def test_a_missing_moment_is_its_own_fields_business():
    assert rules.out_of_order(MOMENTS | {"phase_b_opens": None}) == {}
    assert rules.out_of_order({}) == {}


def test_a_new_period_whose_proposals_are_over_is_refused():
    closes = MOMENTS["proposals_close"]
    assert rules.out_of_order(MOMENTS, now=closes - HOUR) == {}
    assert list(rules.out_of_order(MOMENTS, now=closes)) == ["proposals_close"]


def test_the_next_period_keeps_the_hours_of_the_clock_across_the_change_to_summer_time():
    moved = rules.shifted({"phase_a_opens": datetime(2023, 1, 9, 9, tzinfo=ATHENS)}, 20)
    assert moved["phase_a_opens"].isoformat() == "2023-05-29T09:00:00+03:00"


@given(days=st.integers(0, 2_000))
def test_the_next_period_comes_after_the_lessons_and_after_now_and_no_later_than_it_must(days):
    now = MOMENTS["proposals_open"] + timedelta(days=days, hours=3)
    weeks = rules.weeks_ahead(MOMENTS, now)

    def fits(number):
        moved = rules.shifted(MOMENTS, number)
        return moved["proposals_open"] > now and moved["first_day"] > MOMENTS["last_day"]

    assert fits(weeks)
    assert not fits(weeks - 1)
    assert rules.out_of_order(rules.shifted(MOMENTS, weeks)) == {}


@pytest.mark.parametrize(
    ("code", "following"),
    [("B2-2023-2", "B2-2023-3"), ("B2-2023-9", "B2-2023-10"), ("anoixi", "anoixi-2")],
)
def test_the_code_of_the_next_period_counts_on(code, following):
    assert rules.next_code(code) == following
