"""Ημερομηνίες και ώρες (dates and hours) as a Greek reader writes them, in Athens' time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime

ATHENS = ZoneInfo("Europe/Athens")
WEEKDAYS = ("Δευτέρα", "Τρίτη", "Τετάρτη", "Πέμπτη", "Παρασκευή", "Σάββατο", "Κυριακή")
MONTHS = (
    "Ιανουαρίου",
    "Φεβρουαρίου",
    "Μαρτίου",
    "Απριλίου",
    "Μαΐου",
    "Ιουνίου",
    "Ιουλίου",
    "Αυγούστου",
    "Σεπτεμβρίου",
    "Οκτωβρίου",
    "Νοεμβρίου",
    "Δεκεμβρίου",
)


def long_date(day: date, *, weekday: bool = True) -> str:
    """Ημερομηνία ολογράφως: «Δευτέρα 6 Μαρτίου 2023»."""
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def short_date(day: date) -> str:
    """Ημερομηνία: «6/3/2023»."""
    return f"{day.day}/{day.month}/{day.year}"


def long_moment(moment: datetime, *, weekday: bool = True) -> str:
    """Ημερομηνία και ώρα: «Δευτέρα 6 Μαρτίου 2023, 17:00», in Europe/Athens.

    Raises ``ValueError`` for a moment without time zone.
    """
    there = _athens(moment)
    return f"{long_date(there, weekday=weekday)}, {there:%H:%M}"


def short_moment(moment: datetime) -> str:
    """Ημερομηνία και ώρα: «6/3/2023, 17:00», in Europe/Athens."""
    there = _athens(moment)
    return f"{short_date(there)}, {there:%H:%M}"


def date_span(first: date, last: date) -> str:
    """Διάστημα: «6–10 Μαρτίου 2023», «27 Φεβρουαρίου – 5 Μαρτίου 2023».

    Both days included; raises ``ValueError`` when ``last`` comes before ``first``.
    """
    if last < first:
        raise ValueError("Το διάστημα τελειώνει πριν αρχίσει.")
    end = long_date(last, weekday=False)
    if first == last:
        return end
    if first.year != last.year:
        return f"{long_date(first, weekday=False)} – {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def _athens(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Η στιγμή δεν έχει ζώνη ώρας.")
    return moment.astimezone(ATHENS)
