from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import calendar
from didaskaleio.kernel.calendar import NoSuchHourError, SchoolYear, local


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2020, date(2020, 4, 19)),
        (2021, date(2021, 5, 2)),
        (2022, date(2022, 4, 24)),
        (2023, date(2023, 4, 16)),
        (2024, date(2024, 5, 5)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 12)),
    ],
)
def test_easter_is_the_orthodox_one(year: int, day: date) -> None:
    assert calendar.easter(year) == day


@given(st.integers(1900, 2099))
def test_easter_agrees_with_an_independent_computation(year: int) -> None:
    from dateutil.easter import EASTER_ORTHODOX
    from dateutil.easter import easter as other

    assert calendar.easter(year) == other(year, EASTER_ORTHODOX)


def test_easter_outside_its_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="1900 to 2099"):
        calendar.easter(2100)


def test_public_holidays_of_2023_are_the_twelve_of_the_law() -> None:
    assert calendar.public_holidays(2023) == {
        date(2023, 1, 1): "Πρωτοχρονιά",
        date(2023, 1, 6): "Θεοφάνεια",
        date(2023, 2, 27): "Καθαρά Δευτέρα",
        date(2023, 3, 25): "Εικοστή Πέμπτη Μαρτίου",
        date(2023, 4, 14): "Μεγάλη Παρασκευή",
        date(2023, 4, 17): "Δευτέρα του Πάσχα",
        date(2023, 5, 1): "Εργατική Πρωτομαγιά",
        date(2023, 6, 5): "Δευτέρα του Αγίου Πνεύματος",
        date(2023, 8, 15): "Κοίμηση της Θεοτόκου",
        date(2023, 10, 28): "Ημέρα του Όχι",
        date(2023, 12, 25): "Χριστούγεννα",
        date(2023, 12, 26): "Σύναξη της Υπεραγίας Θεοτόκου",
    }


def test_a_moved_first_of_may_says_so() -> None:
    assert calendar.public_holidays(2022)[date(2022, 5, 2)] == "Εργατική Πρωτομαγιά (μεταφορά)"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2023, 1, 30), "Τρεις Ιεράρχες"),
        (date(2022, 11, 17), "Επέτειος του Πολυτεχνείου"),
        (date(2022, 12, 23), ""),
        (date(2022, 12, 24), "Διακοπές Χριστουγέννων"),
        (date(2023, 1, 7), "Διακοπές Χριστουγέννων"),
        (date(2023, 1, 9), ""),
        (date(2023, 4, 7), ""),
        (date(2023, 4, 10), "Διακοπές Πάσχα"),
        (date(2023, 4, 14), "Μεγάλη Παρασκευή"),
        (date(2023, 4, 21), "Διακοπές Πάσχα"),
        (date(2023, 4, 24), ""),
        (date(2023, 6, 5), "Δευτέρα του Αγίου Πνεύματος"),
        (date(2023, 3, 6), ""),
    ],
)
def test_school_holidays_name_their_reason(day: date, reason: str) -> None:
    assert calendar.school_holiday(day) == reason


def test_a_patron_saint_closes_the_schools_of_one_place_only() -> None:
    patrons = {(10, 26): "Άγιος Δημήτριος"}
    day = date(2022, 10, 26)
    assert calendar.school_holiday(day, patrons=patrons) == "Άγιος Δημήτριος"
    assert calendar.school_holiday(day) == ""


def test_the_school_year_turns_on_the_first_of_september() -> None:
    assert SchoolYear.of(date(2023, 8, 31)) == SchoolYear(2022)
    assert SchoolYear.of(date(2023, 9, 1)) == SchoolYear(2023)
    year = SchoolYear(2022)
    assert (year.first, year.last) == (date(2022, 9, 1), date(2023, 8, 31))
    assert str(year) == "2022-2023"
    assert date(2023, 3, 6) in year
    assert date(2023, 9, 1) not in year
    assert [(rest.first, rest.last) for rest in year.breaks] == [
        (date(2022, 12, 24), date(2023, 1, 7)),
        (date(2023, 4, 10), date(2023, 4, 21)),
    ]


def test_fifteen_teaching_weeks_from_6_march_2023_end_on_2_july() -> None:
    weeks = calendar.teaching_weeks(date(2023, 3, 6), date(2023, 7, 2))
    assert len(weeks) == 15
    assert weeks[:5] == [date(2023, 3, day) for day in (6, 13, 20, 27)] + [date(2023, 4, 3)]
    assert weeks[5] == date(2023, 4, 24)
    assert weeks[-1] == date(2023, 6, 26)


def test_a_week_counts_only_by_its_days_inside_the_span() -> None:
    friday_only = calendar.teaching_weeks(date(2023, 3, 10), date(2023, 3, 14))
    assert friday_only == [date(2023, 3, 6), date(2023, 3, 13)]
    assert calendar.teaching_weeks(date(2023, 3, 11), date(2023, 3, 12)) == []
    assert calendar.teaching_weeks(date(2023, 2, 27), date(2023, 2, 27)) == []
    patrons = {(3, 14): "Πολιούχος"}
    assert calendar.teaching_weeks(date(2023, 3, 14), date(2023, 3, 14), patrons=patrons) == []


def test_the_week_begins_on_monday() -> None:
    assert calendar.monday_of(date(2023, 3, 12)) == date(2023, 3, 6)
    assert calendar.monday_of(date(2023, 3, 6)) == date(2023, 3, 6)


def test_local_hours_follow_the_change_of_the_clocks() -> None:
    winter = local(date(2023, 3, 24), time(17, 0))
    summer = local(date(2023, 3, 27), time(17, 0))
    assert winter.astimezone(UTC) == datetime(2023, 3, 24, 15, 0, tzinfo=UTC)
    assert summer.astimezone(UTC) == datetime(2023, 3, 27, 14, 0, tzinfo=UTC)


def test_the_hour_that_spring_leaves_out_is_refused() -> None:
    with pytest.raises(NoSuchHourError, match="Η ώρα 03:30 της 26/3/2023 δεν υπάρχει"):
        local(date(2023, 3, 26), time(3, 30))


def test_the_hour_that_autumn_repeats_means_its_first_pass() -> None:
    assert local(date(2023, 10, 29), time(3, 30, fold=1)).astimezone(UTC) == datetime(
        2023, 10, 29, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("moment", "minutes", "expected"),
    [
        ((2023, 2, 10, 17, 0), 60, (2023, 2, 10, 18, 0)),
        ((2023, 2, 10, 17, 1), 60, (2023, 2, 10, 19, 0)),
        ((2023, 2, 10, 17, 0), 0, (2023, 2, 10, 17, 0)),
        ((2023, 2, 10, 23, 59), 24 * 60, (2023, 2, 12, 0, 0)),
        ((2023, 3, 25, 17, 0), 24 * 60, (2023, 3, 26, 18, 0)),  # a day of 23 hours
    ],
)
def test_the_first_full_hour_waits_at_least_so_long(
    moment: tuple[int, ...], minutes: int, expected: tuple[int, ...]
) -> None:
    def athens(parts: tuple[int, ...]) -> datetime:
        return datetime(*parts, tzinfo=calendar.ATHENS)  # type: ignore[arg-type,misc]

    found = calendar.first_full_hour_after(athens(moment), minutes)
    assert found == athens(expected)
    assert found.tzinfo is calendar.ATHENS


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(0, 10_000))  # noqa: DTZ001
def test_the_first_full_hour_is_never_early_nor_an_hour_late(moment: datetime, wait: int) -> None:
    aware = moment.replace(tzinfo=UTC)
    late = calendar.first_full_hour_after(aware, wait) - aware - timedelta(minutes=wait)
    assert timedelta() <= late < timedelta(hours=1)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="ζώνη ώρας"):
        calendar.first_full_hour_after(datetime(2023, 3, 6, 17, 0), 60)  # noqa: DTZ001


def test_the_package_of_holidays_is_loaded_only_when_asked_for() -> None:
    code = "import sys, didaskaleio.kernel.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
