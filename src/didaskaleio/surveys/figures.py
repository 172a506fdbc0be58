"""Το μαζικό μάθημα σε αριθμούς: the published figures of the course of 2023, recomputed; pure.

The figures come with the platform as they were published (004). Each share is computed anew; what
does not agree with the rest is said, with the reason that the figures themselves suggest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek

DATA = Path(__file__).parent / "data" / "mooc_2023.json"
HUNDREDTH = Decimal("0.01")
WEEK = 7


@dataclass(frozen=True)
class Share:
    """One share: of how many, as it was published (None: it was not) and as it comes out."""

    title: str
    people: int
    out_of: int
    said: Decimal | None

    @property
    def exact(self) -> Decimal:
        """The share in hundredths, to six places."""
        return (Decimal(100 * self.people) / self.out_of).quantize(Decimal("0.000001"))

    @property
    def computed(self) -> Decimal:
        """The share with two decimals, rounded."""
        return self.exact.quantize(HUNDREDTH, ROUND_HALF_UP)

    @property
    def way(self) -> str:
        """How the published figure comes out of the exact one: «rounded», «cut» or neither."""
        if self.said is None:
            return ""
        if self.exact.quantize(self.said, ROUND_HALF_UP) == self.said:
            return "rounded"
        return "cut" if self.exact.quantize(self.said, ROUND_DOWN) == self.said else "wrong"


@dataclass(frozen=True)
class Event:
    """A live event: how many watched it."""

    title: str
    on: date
    viewers: int


@dataclass(frozen=True)
class Course:
    """The course in numbers."""

    title: str
    starts: date
    ends: date
    weeks: int
    registered: int
    completed: int
    answers: int
    posts_over: int
    group_members: int
    workshops: Mapping[str, int]
    events: tuple[Event, ...]
    shares: tuple[Share, ...]

    @property
    def finished(self) -> Share:
        """Of those who registered, the share that completed it."""
        return Share("Ολοκλήρωσαν το μάθημα", self.completed, self.registered, None)

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1


@cache
def course() -> Course:
    """The course of 2023, as the platform brings it."""
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    read = date.fromisoformat
    events = tuple(Event(e["title"], read(e["on"]), e["viewers"]) for e in data.pop("events"))
    shares = tuple(
        Share(row["title"], row["people"], data["answers"], Decimal(row["said"]))
        for row in data.pop("shares")
    )
    days: dict[str, Any] = {"starts": read(data.pop("starts")), "ends": read(data.pop("ends"))}
    return Course(**data, **days, events=events, shares=shares)


def contradictions(of: Course) -> list[str]:
    """What in the figures does not agree with the rest of them, in Greek sentences."""
    return [*_people(of), *_length(of), *_rounding(of)]


def _people(of: Course) -> Iterator[str]:
    for event in of.events:
        if event.viewers > of.registered:
            yield (
                f"Την εκδήλωση «{event.title}» παρακολούθησαν {greek.number(event.viewers)}, "
                f"περισσότερα πρόσωπα από όσα γράφτηκαν ({greek.number(of.registered)}): ήταν "
                "ανοιχτή και σε άλλα πρόσωπα, ή μετρήθηκαν συνδέσεις."
            )
    if of.answers > of.completed:
        yield (
            f"Απάντησαν {greek.number(of.answers)}, περισσότερα πρόσωπα από όσα ολοκλήρωσαν "
            f"({greek.number(of.completed)}): τα ποσοστά δεν αφορούν μόνο όσα ολοκλήρωσαν."
        )


def _length(of: Course) -> Iterator[str]:
    if of.days != of.weeks * WEEK:
        yield (
            f"Ανακοινώθηκε διάρκεια {of.weeks} εβδομάδων, αλλά από {greek.short_date(of.starts)} "
            f"έως {greek.short_date(of.ends)} είναι {greek.exact(Decimal(of.days) / WEEK)}."
        )


def _rounding(of: Course) -> Iterator[str]:
    for share in of.shares:
        if share.said is not None and share.way != "rounded":
            how = "κόπηκε αντί να στρογγυλευτεί" if share.way == "cut" else "δεν προκύπτει"
            yield (
                f"Δημοσιεύτηκε {greek.exact(share.said)} %, αλλά {share.people} από "
                f"{share.out_of} είναι {greek.number(share.computed, 2)} %: το ποσοστό {how}."
            )
