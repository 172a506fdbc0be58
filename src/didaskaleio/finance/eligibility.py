"""Επιλεξιμότητα δαπανών: the days whose costs a funded project covers, first and last included.

A cost counts when both the work was done and the money was paid on such days. A project that
does not state a day is open on that side; what belongs to no project is never outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """Περίοδος επιλεξιμότητας: from the first day to the last, both in it."""

    project: str = ""
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a cost of ``day`` is covered."""
        begun = self.first is None or self.first <= day
        return begun and (self.last is None or day <= self.last)

    def covers(self, first: date, last: date) -> bool:
        """Whether every day from ``first`` to ``last`` is covered."""
        return self.holds(first) and self.holds(last)

    def flaws(self, worked_on: date, paid_on: date | None = None) -> tuple[str, ...]:
        """What of a cost is outside: its work, its payment, both or nothing."""
        work = () if self.holds(worked_on) else ("έργο",)
        paid = () if paid_on is None or self.holds(paid_on) else ("πληρωμή",)
        return (*work, *paid)
