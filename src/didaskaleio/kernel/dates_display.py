"""Χρόνος στην οθόνη: what the words of ``greek`` leave to the screen, in the time of Athens.

Pure: no clock is read here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from didaskaleio.kernel import greek
from didaskaleio.kernel.greek.moments import ATHENS

UNITS = (
    (24 * 60, "ημέρα", "ημέρες"),
    (60, "ώρα", "ώρες"),
    (1, "λεπτό", "λεπτά"),
)


def in_athens(moment: datetime) -> datetime:
    """The same moment on the clocks of Greece; ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("Η στιγμή δεν έχει ζώνη ώρας.")
    return moment.astimezone(ATHENS)


def day_of(value: date) -> date:
    """The calendar day in Greece of a date or of a moment."""
    return in_athens(value).date() if isinstance(value, datetime) else value


def units_left(left: timedelta) -> list[tuple[int, str]]:
    """Days, hours and minutes that are left, each with its word; nothing goes below zero."""
    minutes = max(0, int(left.total_seconds()) // 60)
    parts = []
    for size, one, many in UNITS:
        amount, minutes = divmod(minutes, size)
        parts.append((amount, one if amount == 1 else many))
    return parts


def remaining(left: timedelta) -> str:
    """«1 ημέρα και 22 ώρες»: the two largest units; under a minute «λιγότερο από 1 λεπτό»."""
    parts = [f"{greek.number(n)} {word}" for n, word in units_left(left) if n]
    return " και ".join(parts[:2]) or "λιγότερο από 1 λεπτό"
