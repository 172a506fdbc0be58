"""What is known of a period's groups (δεδομένα σχεδίου), and which groups concern each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time

from didaskaleio.enrolment.merges.neighbours import NEIGHBOURS

HOURS_MATCH = 60  # minutes between two beginnings that one timetable can hold
Meetings = Iterable[tuple[int, time]]


@dataclass(frozen=True)
class Group:
    """A programme that may take people (ομάδα): ``room`` is how many more, ``held`` who is there.

    One that ``fills`` runs with ``minimum`` at least, or not at all; another runs whatever comes.
    """

    id: int
    held: int
    room: int
    minimum: int = 0
    fills: bool = False


@dataclass(frozen=True)
class Option:
    """A group that a person may be moved to (επιλογή), and how unwelcome it is."""

    group: int
    cost: int


@dataclass(frozen=True)
class Person:
    """Somebody of a group that fills (πρόσωπο): draw order, and where else they may sit."""

    id: int
    source: int
    order: int
    options: tuple[Option, ...] = ()

    @property
    def groups(self) -> frozenset[int]:
        return frozenset(option.group for option in self.options)


@dataclass(frozen=True)
class Case:
    """Groups with the people of those that fill (περίπτωση)."""

    groups: tuple[Group, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Solved:
    """A plan (λύση): which filling groups run, who moves where, who is left without a seat.

    ``seated`` counts people in groups that run, ``bound`` how many there could be at most.
    """

    running: frozenset[int] = frozenset()
    moves: Mapping[int, int] = field(default_factory=dict)
    left: frozenset[int] = frozenset()
    seated: int = 0
    bound: int = 0

    @property
    def proven(self) -> bool:
        """Whether nobody more could be seated."""
        return self.seated == self.bound


def hours_match(mine: Meetings, theirs: Meetings) -> bool:
    """Whether each weekly meeting of ``theirs`` begins near one of ``mine`` on the same day."""
    own, other = list(mine), list(theirs)
    return bool(other) and all(
        any(day == at_day and _apart(start, at) <= HOURS_MATCH for at_day, at in own)
        for day, start in other
    )


def _apart(one: time, two: time) -> int:
    return abs(60 * (one.hour - two.hour) + one.minute - two.minute)


def near(one: str, two: str) -> bool:
    """Whether two prefectures are the same or neighbours."""
    return one == two or two in NEIGHBOURS.get(one, frozenset())


def components(case: Case) -> Iterator[Case]:
    """The parts of a case that do not concern each other (συνιστώσες), in order of their groups."""
    parent = {group.id: group.id for group in case.groups}

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for person in case.people:
        for option in person.options:
            parent[root(person.source)] = root(option.group)
    groups: dict[int, list[Group]] = defaultdict(list)
    people: dict[int, list[Person]] = defaultdict(list)
    for group in case.groups:
        groups[root(group.id)].append(group)
    for person in case.people:
        people[root(person.source)].append(person)
    for key, found in groups.items():
        yield Case(tuple(found), tuple(people[key]))
