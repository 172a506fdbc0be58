"""Διαθεσιμότητα: when a trainer can teach, would rather teach, or does not (R-029)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from didaskaleio.programmes.timetable.plan import Slot


class Wish(IntEnum):
    """Επιθυμία για ένα εβδομαδιαίο διάστημα: its weight, the higher the more welcome."""

    CANNOT = -3
    RATHER_NOT = -2
    CAN = 0
    LIKES = 1
    WANTS = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Εβδομαδιαίο διάστημα: a weekday (Monday = 0) between two hours, with its wish."""

    weekday: int
    start: time
    end: time
    wish: Wish

    def touches(self, slot: Slot) -> bool:
        if slot.date.weekday() != self.weekday:
            return False
        begins, ends = (datetime.combine(slot.date, hour) for hour in (self.start, self.end))
        return slot.overlaps(begins, ends)


@dataclass(frozen=True, slots=True)
class Off:
    """Ημέρες απουσίας: from the first day to the last one, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Availability:
    """Διαθεσιμότητα: weekly windows, days off, hours a week that the trainer sets as a limit."""

    windows: tuple[Window, ...] = ()
    off: tuple[Off, ...] = ()
    hours_per_week: int | None = None

    def against(self, slot: Slot) -> Window | Off | None:
        """What the trainer declared that stands against this meeting."""
        away = next((days for days in self.off if slot.date in days), None)
        shut = (one for one in self.windows if one.wish is Wish.CANNOT and one.touches(slot))
        return away or next(shut, None)

    def weight(self, slot: Slot) -> int:
        """How welcome the meeting is: the least welcome of the windows that it touches."""
        return min((int(one.wish) for one in self.windows if one.touches(slot)), default=0)
