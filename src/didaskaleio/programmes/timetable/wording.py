"""Διατυπώσεις: how meetings, days and amounts are named inside the findings' sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from didaskaleio.programmes.timetable.plan import Named, Slot

_DAYS = ("Δευτέρα", "Τρίτη", "Τετάρτη", "Πέμπτη", "Παρασκευή", "Σάββατο", "Κυριακή")
_DAYS_OF = (
    "της Δευτέρας",
    "της Τρίτης",
    "της Τετάρτης",
    "της Πέμπτης",
    "της Παρασκευής",
    "του Σαββάτου",
    "της Κυριακής",
)
_MONTHS_OF = (
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
_FEMININE = ("μηδέν", "μία", "δύο", "τρεις", "τέσσερις")
_NEUTER = ("μηδέν", "ένα", "δύο", "τρία", "τέσσερα")


def weekday(number: int) -> str:
    return _DAYS[number]


def day(value: date) -> str:
    """«Τρίτη 16 Μαΐου 2023»."""
    return f"{_DAYS[value.weekday()]} {_plain(value)}"


def day_of(value: date) -> str:
    """«της Τρίτης 16 Μαΐου 2023»."""
    return f"{_DAYS_OF[value.weekday()]} {_plain(value)}"


def day_range(first: date, last: date) -> str:
    """«10–22 Απριλίου 2023», «29 Μαΐου–3 Ιουνίου 2023», «10 Μαΐου 2023»."""
    if first == last:
        return _plain(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_plain(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS_OF[first.month - 1]}–{_plain(last)}"
    return f"{_plain(first)}–{_plain(last)}"


def clock(value: time) -> str:
    return f"{value:%H:%M}"


def span(slot: Slot) -> str:
    """«17:30–19:00»."""
    return f"{clock(slot.start)}–{clock(slot.end)}"


def named(slot: Slot) -> str:
    """«σύγχρονη συνεδρία της Τρίτης 16 Μαΐου 2023, 11:00–12:30»."""
    return f"{slot.kind.noun} {day_of(slot.date)}, {span(slot)}"


def accusative(slot: Slot) -> str:
    """«τη σύγχρονη …», «την υποστηρικτική …»: the article as the next letter asks."""
    return f"{'τη' if slot.kind.is_session else 'την'} {named(slot)}"


def feminine(amount: int) -> str:
    """«μία», «δύο» … and figures from five."""
    return _FEMININE[amount] if amount < len(_FEMININE) else str(amount)


def neuter(amount: int) -> str:
    """«ένα», «δύο» … and figures from five."""
    return _NEUTER[amount] if amount < len(_NEUTER) else str(amount)


def number(value: float) -> str:
    """Whole hours without decimals, others with a Greek comma."""
    return str(int(value)) if value == int(value) else f"{value:.1f}".replace(".", ",")


def names(values: Iterable[Named]) -> str:
    """«Κοζάνη, Γρεβενά», or a dash for none."""
    return ", ".join(value.name for value in values) or "–"


def week(position: int) -> str:
    """«9η εβδομάδα»."""
    return f"{position}η εβδομάδα"


def _plain(value: date) -> str:
    return f"{value.day} {_MONTHS_OF[value.month - 1]} {value.year}"
