"""Ώρες απουσίας (absence hours): from marks and minutes to hours, and how they stand to the limit.

Pure. Hours are teaching hours (45 minutes by default), limits are of the programme's 60 hours
(seed 001 §2); the absence limit and its warning are parameters of the action.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from didaskaleio.delivery.enums import Mark


class Parameters(Protocol):
    """What this room reads of an action's parameters (παράμετροι)."""

    @property
    def total_hours(self) -> int: ...
    @property
    def teaching_hour_minutes(self) -> int: ...
    @property
    def absence_share(self) -> float: ...
    @property
    def absence_warning_share(self) -> float: ...
    @property
    def late_counts_as_absence_minutes(self) -> int: ...
    @property
    def excused_counts_as_absence(self) -> bool: ...


@dataclass(frozen=True)
class Rules:
    """Κανόνες απουσιών: what counts as an absence and how many are allowed."""

    total_hours: int = 60
    hour_minutes: int = 45
    absence_share: float = 0.10
    warning_share: float = 0.67
    late_minutes: int = 15
    excused_counts: bool = True

    @property
    def limit(self) -> int:
        """Όριο: the most hours of absence with which the training still counts."""
        return int(self.total_hours * self.absence_share + 1e-9)

    @property
    def warn_at(self) -> int:
        """Προειδοποίηση: from how many hours on the trainee is warned (never before the first)."""
        return max(1, int(self.limit * self.warning_share + 0.5))


def rules_of(parameters: Parameters) -> Rules:
    """The rules that an action's parameters give."""
    return Rules(
        parameters.total_hours,
        parameters.teaching_hour_minutes,
        parameters.absence_share,
        parameters.absence_warning_share,
        parameters.late_counts_as_absence_minutes,
        parameters.excused_counts_as_absence,
    )


@dataclass(frozen=True)
class Entry:
    """One person's row of one session (γραμμή).

    ``minutes`` were attended of its ``hours``; ``asynchronous`` is the
    hours of own work, done, not done or (None) not yet confirmed.
    """

    mark: str
    minutes: int
    hours: int
    asynchronous: int = 0
    async_done: bool | None = None


def late_hours(late: int, hours: int, rules: Rules) -> int:
    """Καθυστέρηση: every teaching hour of which more than the tolerance was missed.

    ``late`` minutes of a session of ``hours``; with a tolerance of 15, 20 minutes cost one hour
    of two and 65 minutes cost both.
    """
    beyond = late - rules.late_minutes
    return 0 if beyond <= 0 else min(hours, -(-beyond // rules.hour_minutes))


def absence_hours(entry: Entry, rules: Rules, *, final: bool = False) -> int:
    """Hours of absence of one row; ``final`` counts asynchronous hours never confirmed too."""
    return _own_hours(entry, rules) + _asynchronous_hours(entry, final=final)


def _own_hours(entry: Entry, rules: Rules) -> int:
    if entry.mark == Mark.ABSENT or (entry.mark == Mark.EXCUSED and rules.excused_counts):
        return entry.hours
    if entry.mark == Mark.LATE:
        missed = entry.hours * rules.hour_minutes - entry.minutes
        return late_hours(missed, entry.hours, rules)
    return 0


def _asynchronous_hours(entry: Entry, *, final: bool) -> int:
    missing = entry.async_done is False or (final and entry.async_done is None)
    return entry.asynchronous if missing else 0


@dataclass(frozen=True)
class Standing:
    """Εικόνα απουσιών: hours absent so far and hours still to come, against the rules."""

    absent: int
    to_come: int
    rules: Rules

    @property
    def limit(self) -> int:
        return self.rules.limit

    @property
    def left(self) -> int:
        """How many hours may still be missed."""
        return max(0, self.limit - self.absent)

    @property
    def over(self) -> bool:
        """The limit is passed."""
        return self.absent > self.limit

    @property
    def near(self) -> bool:
        """The warning is due but the limit is not passed."""
        return self.rules.warn_at <= self.absent <= self.limit

    @property
    def safe(self) -> bool:
        """The limit cannot be passed any more, even without any further presence."""
        return self.absent + self.to_come <= self.limit

    @property
    def kind(self) -> str:
        """The colour of its meaning."""
        return "bad" if self.over else "wait" if self.near else "good"

    def in_words(self) -> str:
        """One sentence: where the person stands and what that means."""
        counted = f"{_hours(self.absent)} απουσίας από {self.limit} που επιτρέπονται"
        if self.over:
            return f"{counted}: το όριο ξεπεράστηκε."
        if self.safe:
            return f"{counted}: το όριο δεν μπορεί πια να ξεπεραστεί."
        if self.left == 0:
            return f"{counted}: δεν απομένει καμία."
        return f"{counted}: {'απομένει' if self.left == 1 else 'απομένουν'} {_hours(self.left)}."


def _hours(count: int) -> str:
    return f"{count} ώρα" if count == 1 else f"{count} ώρες"


def standing(
    entries: Iterable[Entry], to_come: int, rules: Rules, *, final: bool = False
) -> Standing:
    """The standing of one trainee from the rows of the signed sessions."""
    absent = sum(absence_hours(entry, rules, final=final) for entry in entries)
    return Standing(absent, to_come, rules)
