"""The port to a virtual classroom (θύρα εικονικής αίθουσας): the way in, who is inside, recordings.

A meeting is called after its session and a person after the account, so that whoever is seen
inside is known here. An upper room provides the classroom; without one none is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from didaskaleio.kernel.errors import Refusal

GAP = timedelta(minutes=3)  # who is not seen for longer has left
PREFIX = "didaskaleio-"


class AwayError(Refusal):
    """The classroom does not answer, or not as agreed; ``str`` says what to do."""


@dataclass(frozen=True)
class Meeting:
    """What the classroom must know of a session (συνάντηση) that it opens."""

    session: int
    title: str
    recorded: bool = False


@dataclass(frozen=True)
class Playback:
    """One way of watching a recording (μορφή αναπαραγωγής): its address is safe to follow."""

    kind: str
    url: str
    minutes: int
    size: int


@dataclass(frozen=True)
class Recorded:
    """One recording (μαγνητοσκόπηση) as the classroom has it; without ``ways`` it is not ready."""

    record_id: str
    starts_at: datetime
    ends_at: datetime
    size: int
    ways: tuple[Playback, ...]


class Classroom(Protocol):
    """What the platform needs of a virtual classroom."""

    def door(self, meeting: Meeting, person: int, name: str, *, teaches: bool) -> str:
        """Open the meeting if it is not open; the address by which this person enters."""

    def present(self) -> Mapping[int, frozenset[int]]:
        """By session: the people who are inside now."""

    def recordings(self, session: int) -> Sequence[Recorded]:
        """What it has recorded of a session, as far as it can be watched."""

    def delete(self, session: int) -> None:
        """Delete everything that it has recorded of a session; again is harmless."""


Provider = Callable[[], Classroom | None]
providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Tell who provides the classroom; asked anew each time, for settings may change."""
    providers.append(provider)


def classroom() -> Classroom | None:
    """The virtual classroom of this installation, None where there is none."""
    return next((found for one in providers if (found := one()) is not None), None)


def attended(visits: Iterable[tuple[datetime, datetime]], begins: datetime, ends: datetime) -> int:
    """Whole minutes of visits inside a session, each moment once."""
    total, until = timedelta(), begins
    for first, last in sorted(visits):
        since, upto = max(first, until), min(last, ends)
        if upto > since:
            total, until = total + (upto - since), upto
    return round(total / timedelta(minutes=1))
