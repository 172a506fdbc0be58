"""Διατυπώσεις: how meetings, days and amounts are named inside the findings' sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from didaskaleio.kernel.greek import date_span, long_date, number, ordinal
from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.programmes.timetable.availability import Off

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from didaskaleio.programmes.timetable.availability import Window
    from didaskaleio.programmes.timetable.plan import Named, Slot

_DAYS_OF = (
    "της Δευτέρας",
    "της Τρίτης",
    "της Τετάρτης",
    "της Πέμπτης",
    "της Παρασκευής",
    "του Σαββάτου",
    "της Κυριακής",
)
_FEMININE = ("μηδέν", "μία", "δύο", "τρεις", "τέσσερις")
_NEUTER = ("μηδέν", "ένα", "δύο", "τρία", "τέσσερα")


def weekday(index: int) -> str:
    return WEEKDAYS[index]


def day_of(value: date) -> str:
    """«της Τρίτης 16 Μαΐου 2023»."""
    return f"{_DAYS_OF[value.weekday()]} {long_date(value, weekday=False)}"


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


def declared(against: Window | Off) -> str:
    """«διάστημα που δηλώθηκε μη διαθέσιμο (Τρίτη 17:30–19:45)», or days of absence."""
    if isinstance(against, Off):
        return f"ημέρες απουσίας ({date_span(against.first, against.last)})"
    bounds = f"{clock(against.start)}–{clock(against.end)}"
    return f"διάστημα που δηλώθηκε μη διαθέσιμο ({weekday(against.weekday)} {bounds})"


def hours(value: float) -> str:
    """Whole hours without decimals, others with one."""
    return number(value, 0 if value == int(value) else 1)


def names(values: Iterable[Named]) -> str:
    """«Κοζάνη, Γρεβενά», or a dash for none."""
    return ", ".join(value.name for value in values) or "–"


def week(position: int) -> str:
    """«9η εβδομάδα»."""
    return f"{ordinal(position, 'feminine')} εβδομάδα"
