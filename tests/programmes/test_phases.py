"""The phases of a period, one list for every role.

Shows: R-025.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.programmes.queries import coming, phases_of
from tests.factories.programmes import DATES

PERIOD = TrainingPeriod(**DATES)
ORDER = ["Προτάσεις Κ.Σ.Ε.", "Α΄ φάση", "Κλήρωση", "Β΄ φάση", "Εγγραφές", "Μαθήματα"]


def statuses(at):
    return [phase.status for phase in phases_of(PERIOD, at)]


def test_six_phases_with_their_moments_in_words():
    found = phases_of(PERIOD, datetime(2023, 1, 18, 10, tzinfo=ATHENS))
    assert [phase.label for phase in found] == ORDER
    assert [phase.when for phase in found] == [
        "1/12 – 23/12/2022, 15:00",
        "9/1 – 20/1/2023, 15:00",
        "20/1 – 25/1/2023, 10:00",
        "25/1 – 27/1/2023, 15:00",
        "30/1 – 8/2/2023, 15:00",
        "6/3/2023 – 2/7/2023",
    ]
    assert [phase.status for phase in found] == ["done", "now", "next", "next", "next", "next"]


@pytest.mark.parametrize(
    ("moment", "now"),
    [("proposals_open", 0), ("phase_a_opens", 1), ("phase_a_closes", 2), ("phase_b_opens", 3),
     ("enrolment_opens", 4), ("starts_at", 5)],
)  # fmt: skip
def test_a_phase_is_the_present_one_from_its_first_moment_on(moment, now):
    at = DATES[moment]
    assert statuses(at)[now] == "now"
    assert statuses(at - timedelta(seconds=1))[now] == "next"
    assert "now" not in statuses(at)[:now]


def test_after_the_last_day_everything_is_done():
    assert statuses(datetime(2023, 7, 2, 23, tzinfo=ATHENS))[-1] == "now"
    assert statuses(datetime(2023, 7, 3, 0, tzinfo=ATHENS)) == ["done"] * 6


def test_what_comes_next_concerns_the_public_and_ends_with_the_enrolments():
    first = coming(PERIOD, DATES["proposals_open"])
    assert (first.at, first.what) == (DATES["phase_a_opens"], "Ανοίγει η Α΄ φάση αιτήσεων")
    assert coming(PERIOD, DATES["phase_a_opens"]).what == "Λήγει η υποβολή αιτήσεων"
    assert coming(PERIOD, DATES["enrolment_closes"]) is None
