"""Διαστασιολόγηση (dimensioning): what a planned number of people needs. Pure.

People are shared among places by the teachers that they have, groups by the people, meetings by
the weeks, always by largest remainders: the parts add up to the whole, to the last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from math import ceil
from typing import Any, TypeVar

Key = TypeVar("Key")
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a forecast assumes (παραδοχές): kept with it, whatever changes later.

    ``meetings`` are those of one group, ``face`` the ones of them held in a room by the
    ``mixed`` percent of the groups that have any; ``peak`` is the percent of a week's meetings
    that fall on its busiest hour. ``examined`` percent of the people hand in a script, each marked
    by ``markings`` persons, who mark ``scripts_per_marker`` each.
    """

    people: int = 0
    group: int = 15
    meetings: int = 20
    face: int = 4
    mixed: int = 50
    peak: int = 20
    groups_per_trainer: int = 2
    meetings_per_support: int = 8
    examined: int = 80
    markings: int = 2
    scripts_per_marker: int = 60

    def kept(self) -> dict[str, int]:
        return asdict(self)


LABELS: dict[str, str] = {
    "people": "Εκπαιδευτικοί που θα επιμορφωθούν",
    "group": "Άτομα ανά τμήμα",
    "meetings": "Συναντήσεις ανά τμήμα",
    "face": "Διά ζώσης συναντήσεις ανά μεικτό τμήμα",
    "mixed": "Μεικτά τμήματα (%)",
    "peak": "Συναντήσεις της εβδομάδας στην πιο φορτωμένη ώρα (%)",
    "groups_per_trainer": "Τμήματα ανά επιμορφωτή/τρια",
    "meetings_per_support": "Ταυτόχρονες συναντήσεις ανά πρόσωπο υποστήριξης",
    "examined": "Προσέρχονται στις εξετάσεις (%)",
    "markings": "Βαθμολογήσεις ανά γραπτό",
    "scripts_per_marker": "Γραπτά ανά βαθμολογητή/τρια",
}


def assumptions_of(kept: Mapping[str, Any]) -> Assumptions:
    """The assumptions as they were kept; names of another time are left out."""
    known = {field.name for field in fields(Assumptions)}
    return Assumptions(**{name: int(value) for name, value in kept.items() if name in known})


def apportioned(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """``total`` shared by ``weights``, rounded down; the rest go to the largest remainders.

    Of equals the first comes first. Without any weight nobody gets anything.
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    found = {key: total * weight // whole for key, weight in weights.items()}
    left = total - sum(found.values())
    by_rest = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_rest[:left]:
        found[key] += 1
    return found


@dataclass(frozen=True, slots=True)
class Staff:
    """What a place and a cluster need (ανάγκη): people, groups, trainers."""

    teachers: int
    people: int
    groups: int
    trainers: int


def staff(teachers: Mapping[Key, int], given: Assumptions) -> dict[Key, Staff]:
    """The need of each cell, from the teachers that it has."""
    people = apportioned(given.people, teachers)
    planned = ceil(given.people / given.group) if sum(people.values()) else 0
    groups = apportioned(planned, people)
    return {
        key: Staff(
            teachers[key], people[key], groups[key], ceil(groups[key] / given.groups_per_trainer)
        )
        for key in teachers
    }


@dataclass(frozen=True, slots=True)
class Marking:
    """What the examinations of a cluster need (ανάγκη βαθμολόγησης): scripts, who marks them."""

    people: int
    scripts: int
    markers: int


def marking(people: Mapping[Key, int], given: Assumptions) -> dict[Key, Marking]:
    """The need of each cluster: nobody marks what is not of their cluster, or a script twice."""
    scripts = apportioned(sum(people.values()) * given.examined // PERCENT, people)
    return {
        key: Marking(people[key], scripts[key], _markers(scripts[key], given)) for key in people
    }


def _markers(scripts: int, given: Assumptions) -> int:
    if not scripts:
        return 0
    return max(given.markings, ceil(scripts * given.markings / given.scripts_per_marker))


@dataclass(frozen=True, slots=True)
class Week:
    """What a week needs (ανάγκη της εβδομάδας), at its busiest hour but for the meetings."""

    meetings: int
    rooms: int
    virtual: int
    persons: int
    support: int


def weeks(groups: int, mondays: Sequence[date], given: Assumptions) -> dict[date, Week]:
    """The need of each week when ``groups`` meet evenly from the first Monday to the last."""
    evenly = dict.fromkeys(mondays, 1)
    mixed = groups * given.mixed // PERCENT
    face = apportioned(mixed * min(given.face, given.meetings), evenly)
    every = apportioned(groups * given.meetings, evenly)
    return {monday: _week(every[monday], face[monday], given) for monday in mondays}


def _week(every: int, face: int, given: Assumptions) -> Week:
    face = min(face, every)
    rooms = ceil(face * given.peak / PERCENT)
    virtual = ceil((every - face) * given.peak / PERCENT)
    at_once = rooms + virtual
    return Week(
        meetings=every,
        rooms=rooms,
        virtual=virtual,
        persons=at_once * given.group,
        support=ceil(at_once / given.meetings_per_support),
    )


def whole(parts: Sequence[Week]) -> Week:
    """The need of all places in one week: their busiest hour is the same."""
    return Week(*(sum(getattr(part, field.name) for part in parts) for field in fields(Week)))
