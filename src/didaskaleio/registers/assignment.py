"""Ανάθεση σε αξιολογητές (assignment of assessors): a proposal, balanced and free of conflicts.

Pure and without chance: the same input gives the same proposal, in whatever order it is given.
Each candidacy gets so many different assessors; nobody gets one that is in conflict for them, nor
more than their limit. As many pairs as possible are made, and no other choice of pairs would
spread them more evenly: no chain of exchanges leads from an assessor to one with two fewer.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

Chain = list[tuple[str, str, str]]  # an exchange: each candidacy, from whom, to whom


@dataclass(frozen=True, slots=True)
class Assessor:
    """Αξιολογητής/τρια: ``load`` is what they have already, ``most`` their limit (None: no)."""

    id: str
    load: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Τι δεν ανατέθηκε: so many assessors short, and why.

    ``in_conflict`` of them may not judge it, ``full`` have reached their limit.
    """

    candidacy: str
    missing: int
    in_conflict: int
    full: int

    def __str__(self) -> str:
        """The reason, for the officer."""
        parts = [
            f"λείπουν {self.missing} αξιολογητές" if self.missing > 1 else "λείπει 1 αξιολογητής"
        ]
        if self.in_conflict:
            parts.append(f"{self.in_conflict} με σύγκρουση συμφερόντων")
        if self.full:
            parts.append(f"{self.full} στο όριό τους")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Πρόταση ανάθεσης: the assessors of each candidacy in order of id, and what could not be."""

    pairs: Mapping[str, tuple[str, ...]]
    loads: Mapping[str, int]
    gaps: tuple[Gap, ...]


def propose(
    candidacies: Collection[str],
    assessors: Collection[Assessor],
    *,
    each: int,
    conflicts: Iterable[tuple[str, str]] = (),
    kept: Mapping[str, Collection[str]] | None = None,
) -> Proposal:
    """Πρόταση: ``each`` assessors for every candidacy.

    ``conflicts`` are pairs of assessor and candidacy. ``kept`` are those whom a candidacy has
    already: they stay, count for it, and their work is in the ``load`` of the assessors.
    """
    board = _Board(candidacies, assessors, conflicts, kept or {})
    for candidacy in sorted(set(candidacies), key=_scattered):
        for _ in range(each - len(board.kept[candidacy])):
            if not board.give(candidacy):
                break
    board.even_out()
    return board.proposal(each)


def _scattered(*words: str) -> bytes:
    """A fixed order that follows no alphabet, so that pairs of assessors are mixed."""
    return hashlib.blake2b("\n".join(words).encode(), digest_size=8).digest()


class _Board:
    """Who has what; every change keeps conflicts, limits and different assessors."""

    def __init__(
        self,
        candidacies: Collection[str],
        assessors: Collection[Assessor],
        conflicts: Iterable[tuple[str, str]],
        kept: Mapping[str, Collection[str]],
    ) -> None:
        self.people = {one.id: one for one in sorted(assessors, key=lambda one: one.id)}
        self.loads = {one.id: one.load for one in self.people.values()}
        self.barred: dict[str, set[str]] = defaultdict(set)
        for assessor, candidacy in conflicts:
            self.barred[candidacy].add(assessor)
        self.kept = {one: frozenset(kept.get(one, ())) for one in candidacies}
        self.judges: dict[str, set[str]] = {one: set() for one in candidacies}
        self.work: dict[str, set[str]] = {one: set() for one in self.people}
        self.reached: set[str] = set()  # by the last search that found nothing
        self.closed: set[str] = set()  # no exchange leads from them to anybody with room

    def eligible(self, candidacy: str) -> list[str]:
        """Who may still be given this candidacy, whatever their load."""
        return self._among(self.people, candidacy)

    def room(self, assessor: str) -> bool:
        most = self.people[assessor].most
        return most is None or self.loads[assessor] < most

    def give(self, candidacy: str) -> bool:
        """One more assessor: the least loaded with room, else one who can hand work on."""
        eligible = self.eligible(candidacy)
        free = [one for one in eligible if self.room(one)]
        if free:
            least = min(self.loads[one] for one in free)
            lightest = (one for one in free if self.loads[one] == least)
            self._put(candidacy, min(lightest, key=lambda one: _scattered(candidacy, one)))
            return True
        for one in sorted(eligible, key=lambda one: _scattered(candidacy, one)):
            if one in self.closed:
                continue
            if chain := self._chain(one, self.room):
                self._exchange(chain)
                self._put(candidacy, one)
                return True
            self.closed |= self.reached
        return False

    def even_out(self) -> None:
        """Exchanges until none makes the loads more even."""
        while chain := self._evening():
            self._exchange(chain)

    def _evening(self) -> Chain | None:
        open_to_more = [one for one in self.people if self.room(one)]
        lowest = min((self.loads[one] for one in open_to_more), default=0)
        heavy = [one for one in self.people if self.loads[one] >= lowest + 2]
        for one in sorted(heavy, key=lambda one: (-self.loads[one], one)):
            if chain := self._chain(one, self._lighter_than(one)):
                return chain
        return None

    def _lighter_than(self, heavy: str) -> Callable[[str], bool]:
        limit = self.loads[heavy] - 2
        return lambda one: self.loads[one] <= limit and self.room(one)

    def _chain(self, start: str, ends: Callable[[str], bool]) -> Chain | None:
        """The shortest exchange from an assessor to one of the wanted, breadth first."""
        came: dict[str, tuple[str, str]] = {}
        left = [one for one in self.people if one != start]
        waiting = [start]
        for giver in waiting:
            for candidacy in sorted(self.work[giver]) if left else ():
                for taker in self._among(left, candidacy):
                    came[taker] = candidacy, giver
                    if ends(taker):
                        return self._traced(came, taker)
                    left.remove(taker)
                    waiting.append(taker)
        self.reached = {start, *came}
        return None

    def _among(self, people: Collection[str], candidacy: str) -> list[str]:
        out = self.barred[candidacy] | self.kept[candidacy] | self.judges[candidacy]
        return [one for one in people if one not in out]

    def _traced(self, came: Mapping[str, tuple[str, str]], last: str) -> Chain:
        steps = []
        while last in came:
            candidacy, giver = came[last]
            steps.append((candidacy, giver, last))
            last = giver
        return steps

    def _exchange(self, chain: Chain) -> None:
        for candidacy, giver, taker in chain:
            self.judges[candidacy].discard(giver)
            self.work[giver].discard(candidacy)
            self.loads[giver] -= 1
            self._put(candidacy, taker)

    def _put(self, candidacy: str, assessor: str) -> None:
        self.judges[candidacy].add(assessor)
        self.work[assessor].add(candidacy)
        self.loads[assessor] += 1

    def proposal(self, each: int) -> Proposal:
        pairs = {one: tuple(sorted(self.judges[one])) for one in sorted(self.judges)}
        short = {one: each - len(self.kept[one]) - len(judges) for one, judges in pairs.items()}
        gaps = tuple(self._gap(one, missing) for one, missing in short.items() if missing > 0)
        return Proposal(pairs, dict(self.loads), gaps)

    def _gap(self, candidacy: str, missing: int) -> Gap:
        in_conflict = len(self.barred[candidacy] & set(self.people))
        full = sum(not self.room(one) for one in self.eligible(candidacy))
        return Gap(candidacy, missing, in_conflict, full)
