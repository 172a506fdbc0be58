"""The port to a virtual classroom (θύρα εικονικής αίθουσας): who is in it now, and the way in.

A meeting is called after its session and a person after the account, so that whoever is seen
inside is known here. An upper room provides the classroom; without one none is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from didaskaleio.kernel.errors import Refusal

GAP = timedelta(minutes=3)  # who is not seen for longer has left
PREFIX = "didaskaleio-"


class AwayError(Refusal):
    """The classroom does not answer, or not as agreed; ``str`` says what to do."""


class Classroom(Protocol):
    """What the platform needs of a virtual classroom."""

    def door(self, session: int, title: str, person: int, name: str, *, teaches: bool) -> str:
        """Open the meeting if it is not open; the address by which this person enters."""

    def present(self) -> Mapping[int, frozenset[int]]:
        """By session: the people who are inside now."""


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
