"""Ενδείξεις παρουσίας (signs of presence): which of them disagree with the roll. Pure.

A person may be seen in several ways: by the code of the room, in a file, by the minutes in the
virtual classroom, by the trainer's list. The roll holds one mark. A sign that says otherwise is
listed until the trainer decides with a reason; nothing is overwritten in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from didaskaleio.delivery.enums import Mark, Source

TOLERANCE = 5  # minutes by which two delays may differ and still be the same


@dataclass(frozen=True)
class Seen:
    """What one source says of one person (ένδειξη).

    ``overtaken`` is a mark of the list that reached the platform after a later one.
    """

    source: str
    mark: str
    late: int
    seen_at: datetime
    received_at: datetime
    overtaken: bool = False


@dataclass(frozen=True)
class Ruled:
    """What the trainer decided of a disagreement (απόφαση)."""

    mark: str
    late: int
    at: datetime


def agree(mark: str, late: int, other: str, other_late: int) -> bool:
    """Whether two marks say the same; an excused absence is an absence."""
    one, two = _plain(mark), _plain(other)
    if one != two:
        return False
    return one != Mark.LATE or abs(late - other_late) <= TOLERANCE


def _plain(mark: str) -> str:
    return str(Mark.ABSENT) if mark == Mark.EXCUSED else str(mark)


def disagreeing(mark: str, late: int, seen: Sequence[Seen], ruled: Ruled | None) -> list[Seen]:
    """The signs that say otherwise than the roll and wait for a decision.

    Of each source the last word counts. A decision settles what had arrived before it, and
    stands itself against a roll that was changed after it.
    """
    if mark == Mark.UNKNOWN:
        return []
    waiting = [one for one in seen if ruled is None or one.received_at > ruled.at]
    found = [one for one in _last_words(waiting) if not agree(mark, late, one.mark, one.late)]
    if ruled is not None and not agree(mark, late, ruled.mark, ruled.late):
        found.append(Seen(Source.RULING, ruled.mark, ruled.late, ruled.at, ruled.at))
    return found


def _last_words(seen: Iterable[Seen]) -> list[Seen]:
    last: dict[str, Seen] = {}
    for one in sorted(seen, key=lambda each: (each.seen_at, each.received_at)):
        if one.source != Source.LIST or one.overtaken:
            last[one.source] = one
    return list(last.values())


def by_arrival(arrived: datetime, begins: datetime, tolerance: int, full: int) -> tuple[str, int]:
    """The mark of somebody who arrived at a moment, and the minutes late, below ``full``."""
    late = int((arrived - begins).total_seconds() // 60)
    if late <= tolerance:
        return str(Mark.PRESENT), 0
    return str(Mark.LATE), min(late, full - 1)


def by_minutes(attended: int, full: int, *, least: int, tolerance: int) -> tuple[str, int]:
    """The mark that minutes in a classroom give: fewer than ``least`` are an absence."""
    missed = full - min(attended, full)
    if attended < least:
        return str(Mark.ABSENT), 0
    return (str(Mark.PRESENT), 0) if missed <= tolerance else (str(Mark.LATE), missed)
