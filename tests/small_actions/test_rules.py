"""The rules of small actions: approval, time, places that become free.

Shows: R-049.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.clock import ATHENS
from didaskaleio.small_actions import rules

AT = datetime(2023, 1, 18, 10, tzinfo=ATHENS)
STARTS = AT + timedelta(days=7)


@pytest.mark.parametrize(
    ("kind", "attested", "asked"),
    [
        ("workshop", False, False),
        ("sample", False, False),
        ("day", False, True),
        ("workshop", True, True),
        ("sample", True, True),
    ],
)
def test_a_day_and_whatever_is_attested_is_approved_first(kind, attested, asked):
    assert rules.needs_approval(kind, attested=attested) is asked


@pytest.mark.parametrize(
    ("starts", "length", "hours", "field"),
    [
        (STARTS, 180, 4, ""),
        (STARTS, 180, 5, "hours"),
        (STARTS, 0, 1, "ends_at"),
        (STARTS, -30, 1, "ends_at"),
        (STARTS, 12 * 60, 16, ""),
        (STARTS, 12 * 60 + 1, 1, "ends_at"),
        (AT, 180, 1, "starts_at"),
    ],
)
def test_the_hours_fit_between_beginning_and_end(starts, length, hours, field):
    found, sentence = rules.problem_of_time(starts, starts + timedelta(minutes=length), hours, AT)
    assert found == field
    assert bool(sentence) == bool(field)


@given(st.integers(0, 500), st.integers(0, 600), st.integers(0, 600))
def test_no_place_is_given_twice_and_none_stays_empty(places, taken, waiting):
    freed = rules.freed(places, taken, waiting)
    assert 0 <= freed <= waiting
    assert freed == 0 or taken + freed <= places
    assert freed == waiting or taken + freed >= places
