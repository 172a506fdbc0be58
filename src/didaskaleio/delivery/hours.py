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
    @property
    def face_to_face_minimum(self) -> int: ...


@dataclass(frozen=True)
class Rules:
    """Κανόνες απουσιών: what counts as an absence and how many are allowed."""

    total_hours: int = 60
    hour_minutes: int = 45
    absence_share: float = 0.10
    warning_share: float = 0.67
    late_minutes: int = 15
    excused_counts: bool = True
    face_to_face: int = 1

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
        parameters.face_to_face_minimum,
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
class Ahead:
    """Όσα μένουν: the longest session still ahead, face-to-face ones attended and ahead.

    ``meets`` tells whether the programme has face-to-face sessions at all.
    """

    longest: int = 0
    attended: int = 0
    coming: int = 0
    meets: bool = False


@dataclass(frozen=True)
class Standing:
    """Εικόνα απουσιών: hours absent so far and hours still to come, against the rules."""

    absent: int
    to_come: int
    rules: Rules
    ahead: Ahead = Ahead()

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
    def apart(self) -> bool:
        """The face-to-face sessions that are asked for cannot be attended any more."""
        return self._spare_meetings is not None and self._spare_meetings < 0

    @property
    def lost(self) -> bool:
        """The rules cannot be kept any more, whatever comes."""
        return self.over or self.apart

    @property
    def edge(self) -> bool:
        """One more absence, from the wrong session, and the rules cannot be kept any more."""
        if self.lost:
            return False
        long_one = bool(self.ahead.longest) and self.absent + self.ahead.longest > self.limit
        return long_one or self._spare_meetings == 0

    @property
    def _spare_meetings(self) -> int | None:
        """How many face-to-face sessions may still be missed; None where none is owed any more."""
        if not self.ahead.meets or self.ahead.attended >= self.rules.face_to_face:
            return None
        return self.ahead.attended + self.ahead.coming - self.rules.face_to_face

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
        return "bad" if self.lost else "wait" if self.near or self.edge else "good"

    def outlook(self) -> str:
        """What one more absence would do, or that nothing helps any more; empty in between."""
        least = self.rules.face_to_face
        if self.apart:
            return (
                f"Ζητείται παρουσία σε {least} διά ζώσης συνεδρίες τουλάχιστον· δεν μένουν αρκετές."
            )
        if self.over:
            return "Το όριο των απουσιών ξεπεράστηκε."
        if not self.edge:
            return ""
        if self._spare_meetings == 0:
            left = "Μένει μία" if self.ahead.coming == 1 else f"Μένουν {self.ahead.coming}"
            return f"{left} διά ζώσης και δεν επιτρέπεται άλλη απουσία σε διά ζώσης συνεδρία."
        return f"Μία ακόμη απουσία από συνάντηση {self.ahead.longest} ωρών ξεπερνά το όριο."

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
