"""Moments (στιγμές): what will happen by the clock, and letting time pass in a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from didaskaleio.kernel import lifecycle


@dataclass(frozen=True)
class Moment:
    """A moment ahead with what happens then."""

    at: datetime
    what: str
    where: str


def upcoming(after: datetime) -> list[Moment]:
    """The next moments, one line for all that happens at once."""
    found: dict[tuple[datetime, str], Moment] = {}
    for at, label, thing in lifecycle.upcoming(after, limit=40):
        found.setdefault((at, label), Moment(at, label, str(thing)))
    return list(found.values())[:12]


def pass_time(until: datetime) -> int:
    """Let everything happen that falls due by ``until``; returns how many steps were taken."""
    return lifecycle.pass_time(until)
