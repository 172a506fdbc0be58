"""Ημερολόγιο (calendar): Greek holidays, school breaks, teaching weeks and local hours.

Public holidays come from the package ``holidays``; school holidays and breaks from π.δ. 79/2017
(primary) and its counterpart for secondary schools: 24 December to 7 January, Holy Monday to the
Friday after Easter, the Three Hierarchs, 17 November. Weeks begin on Monday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from didaskaleio.kernel.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ATHENS = ZoneInfo("Europe/Athens")
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SCHOOL_DAYS = ((1, 30, "Τρεις Ιεράρχες"), (11, 17, "Επέτειος του Πολυτεχνείου"))
FIRST_MONTH = 9


class NoSuchHourError(Refusal, ValueError):
    """A local hour that the change to summer time leaves out."""


@dataclass(frozen=True, slots=True)
class Break:
    """Διακοπές: days without lessons, both ends included."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """Σχολικό έτος: from 1 September of ``start`` to 31 August of the next year."""

    start: int

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year that ``day`` belongs to."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def first(self) -> date:
        return date(self.start, FIRST_MONTH, 1)

    @property
    def last(self) -> date:
        return date(self.start + 1, FIRST_MONTH, 1) - DAY

    @property
    def breaks(self) -> tuple[Break, Break]:
        """The Christmas break and the Easter break of the year."""
        return christmas_break(self.start), easter_break(self.start + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"


def easter(year: int) -> date:
    """Κυριακή του Πάσχα of the Orthodox Church (Meeus' Julian rule), years 1900 to 2099."""
    if year not in range(1900, 2100):
        raise ValueError(f"Easter is computed for 1900 to 2099, got {year}.")
    golden = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - golden + 34) % 7
    month, day = divmod(golden + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)  # from the Julian calendar


def christmas_break(year: int) -> Break:
    """Διακοπές Χριστουγέννων that begin in ``year``."""
    return Break("Διακοπές Χριστουγέννων", date(year, 12, 24), date(year + 1, 1, 7))


def easter_break(year: int) -> Break:
    """Διακοπές Πάσχα: from Holy Monday to the Friday after Easter."""
    sunday = easter(year)
    return Break("Διακοπές Πάσχα", sunday - 6 * DAY, sunday + 5 * DAY)


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Αργίες of the year with their Greek names, moved days included."""
    from types import MappingProxyType

    from holidays import country_holidays

    found = country_holidays("GR", years=year, language="el").items()
    return MappingProxyType(
        {day: name.replace("(παρατηρήθηκε)", "(μεταφορά)") for day, name in sorted(found)}
    )


def school_holiday(day: date, *, patrons: Mapping[tuple[int, int], str] | None = None) -> str:
    """Σχολική αργία: why there are no lessons on ``day``, or an empty string.

    ``patrons`` names the local patron saints' days by (month, day). Saturdays and Sundays are
    not holidays by themselves.
    """
    by_law = {(month, number): name for month, number, name in SCHOOL_DAYS}
    place = day.month, day.day
    name = public_holidays(day.year).get(day) or by_law.get(place) or (patrons or {}).get(place)
    return name or next((rest.name for rest in SchoolYear.of(day).breaks if day in rest), "")


def monday_of(day: date) -> date:
    """Δευτέρα of the week that holds ``day``."""
    return day - day.weekday() * DAY


def teaching_weeks(
    first: date, last: date, *, patrons: Mapping[tuple[int, int], str] | None = None
) -> list[date]:
    """Διδακτικές εβδομάδες between two days (included), as their Mondays.

    A week counts when at least one day from Monday to Friday inside the span has lessons: the
    two weeks of Christmas and of Easter do not.
    """
    return [
        monday
        for monday in _mondays(first, last)
        if any(
            first <= day <= last and not school_holiday(day, patrons=patrons)
            for day in (monday + offset * DAY for offset in range(5))
        )
    ]


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += WEEK


def local(day: date, hour: time) -> datetime:
    """Τοπική ώρα: the aware moment of a wall clock in Europe/Athens.

    In the hour that autumn repeats the first pass counts; the hour that spring leaves out raises
    :class:`NoSuchHourError`.
    """
    moment = datetime.combine(day, hour.replace(tzinfo=None, fold=0), tzinfo=ATHENS)
    if moment.astimezone(UTC).astimezone(ATHENS).replace(tzinfo=None) != moment.replace(
        tzinfo=None
    ):
        raise NoSuchHourError(
            f"Η ώρα {hour:%H:%M} της {day.day}/{day.month}/{day.year} δεν υπάρχει: τότε αλλάζει η "
            "ώρα σε θερινή. Επιλέξτε άλλη ώρα.",
            code="no_such_hour",
        )
    return moment


def first_full_hour_after(moment: datetime, minutes: int) -> datetime:
    """Πρώτη ακέραιη ώρα at least ``minutes`` after ``moment``, in the zone of ``moment``.

    Minutes are elapsed ones: the change of the clocks does not shorten the wait.
    """
    if moment.tzinfo is None:
        raise ValueError("Η στιγμή δεν έχει ζώνη ώρας.")
    earliest = moment.astimezone(UTC) + timedelta(minutes=minutes)
    hour = earliest.replace(minute=0, second=0, microsecond=0)
    return (hour if hour == earliest else hour + timedelta(hours=1)).astimezone(moment.tzinfo)
