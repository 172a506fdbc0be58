"""Βιβλία του σχεδιασμού: programmes, people and bands of the week, as the solver reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import time

from didaskaleio.programmes.timetable import (
    Availability,
    Busy,
    Load,
    Parameters,
    Plan,
    Slot,
    SlotKind,
    Trainer,
)
from didaskaleio.programmes.timetable.context import Context

EVENINGS = (time(17, 30), time(19, 45))
MORNINGS = (time(9, 30), time(12, 0))


@dataclass(frozen=True, slots=True)
class Band:
    """Ζώνη της εβδομάδας: a weekday (Monday = 0) and the hour at which a meeting may begin."""

    weekday: int
    start: time


BANDS = (
    *(Band(day, start) for day in range(5) for start in EVENINGS),
    *(Band(5, start) for start in MORNINGS),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Επιμορφωτής/τρια: who, what holds them elsewhere, what they declared, how much they have."""

    trainer: Trainer
    busy: tuple[Busy, ...] = ()
    availability: Availability = field(default_factory=Availability)
    load: Load = field(default_factory=Load)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Πρόγραμμα προς σχεδιασμό: what it must hold, who may teach it, what must stay as it is.

    The slots of ``plan`` are the present timetable, which is kept where nothing speaks against it;
    ``pins`` are those that must stay, ``keep_trainer`` that the person must.
    """

    id: str
    code: str
    plan: Plan
    context: Context
    people: tuple[str, ...]
    pins: tuple[Slot, ...] = ()
    keep_trainer: bool = False

    @property
    def seated(self) -> tuple[str, ...]:
        """The rooms with a place for the whole group."""
        rooms = self.context.rooms.values()
        return tuple(room.id for room in rooms if room.seats >= self.plan.capacity)

    @property
    def hours(self) -> int:
        """The hours that its trainer works, the longest meeting counted for each."""
        return self.plan.composition.slots * self.longest_hours

    @property
    def longest_hours(self) -> int:
        composition = self.plan.composition
        session = composition.session_hours + composition.async_hours_per_session
        return max(session, composition.support_hours if composition.support else 0)

    def minutes(self, parameters: Parameters) -> int:
        """The length of its longest meeting: a band has room for any kind."""
        return max(parameters.minutes(self.plan.composition, kind) for kind in SlotKind)


@dataclass(frozen=True, slots=True)
class Books:
    """Βιβλία: everything that one arrangement looks at."""

    programmes: tuple[Wanted, ...]
    people: Mapping[str, Person]
    parameters: Parameters
    bands: tuple[Band, ...] = BANDS

    def only(self, *ids: str) -> Books:
        """The same books with these programmes alone."""
        return replace(self, programmes=tuple(p for p in self.programmes if p.id in ids))


@dataclass(frozen=True, slots=True)
class Planned:
    """Σχεδιασμένο πρόγραμμα: its person and its whole timetable."""

    id: str
    trainer: str
    slots: tuple[Slot, ...]

    def plan(self, wanted: Wanted, books: Books) -> Plan:
        """The plan as the rules of the timetable read it."""
        trainer = books.people[self.trainer].trainer
        return replace(wanted.plan, trainer=trainer, slots=self.slots)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Αποτέλεσμα: the plans, their cost and how much lower it could be at the most (``bound``).

    ``stuck`` are the programmes that cannot stand together; ``undecided`` those for which the
    time ran out.
    """

    planned: tuple[Planned, ...] = ()
    cost: int = 0
    bound: int = 0
    stuck: tuple[tuple[str, ...], ...] = ()
    undecided: tuple[tuple[str, ...], ...] = ()

    @property
    def whole(self) -> bool:
        return not self.stuck and not self.undecided

    @property
    def proven(self) -> bool:
        """No arrangement is better."""
        return self.whole and self.cost == self.bound


def components(books: Books) -> Iterator[tuple[str, ...]]:
    """Ανεξάρτητες ομάδες: programmes that share a person or a room, directly or through others."""
    groups: list[tuple[set[str], list[str]]] = []
    for one in books.programmes:
        keys = {f"person {who}" for who in one.people} | {f"room {r}" for r in one.context.rooms}
        ids = [one.id]
        apart = []
        for others, theirs in groups:
            if others & keys:
                keys, ids = keys | others, theirs + ids
            else:
                apart.append((others, theirs))
        groups = [*apart, (keys, ids)]
    return (tuple(ids) for _keys, ids in groups)
