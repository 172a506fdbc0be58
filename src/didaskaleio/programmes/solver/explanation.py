"""Εξήγηση: the smallest set of rules that cannot hold together, and the nearest repair."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from didaskaleio.programmes.solver.books import Books
from didaskaleio.programmes.solver.drafting import Draft, Group, Unit
from didaskaleio.programmes.solver.solving import drafted, searcher

PATIENCE, REPAIR = 4.5, 1.5
SHARE = 0.6  # of the time, for the rules; the rest is for the repair
ONE_TRIAL, LEAST = 1.5, 0.05
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Εξήγηση: rules that conflict, and what to change so that they need not.

    Without any one of ``rules`` there is a timetable, where ``minimal``; otherwise time ran out.
    ``repair`` is empty where nothing that a person may change would help.
    """

    rules: tuple[Group, ...] = ()
    minimal: bool = True
    repair: tuple[Unit, ...] = ()


def explain(books: Books, *, seconds: float = PATIENCE) -> Explanation | None:
    """Εξήγηση του αδύνατου; None where it is possible after all, or nobody could tell in time.

    First the fewest programmes that cannot stand together are found, then the fewest rules.
    """
    ends = time.monotonic() + seconds
    fewest = _smallest([wanted.id for wanted in books.programmes], _Together(books, ends))
    if fewest is None:
        return None
    draft = drafted(books.only(*fewest), questioned=True)
    asked = _Asked(draft, ends - (ends - time.monotonic()) * (1 - SHARE))
    # nobody at all, or no room at all: that is missing, whatever the rules
    rules = _smallest(list(draft.groups), asked) if asked([]) else []
    if rules is None:
        return None
    repair = _repair(draft, min(REPAIR, max(ONE_TRIAL / 2, ends - time.monotonic())))
    return Explanation(tuple(sorted(rules)), asked.certain, repair)


@dataclass
class _Together:
    """Whether these programmes can stand together; who cannot tell in time says that they can."""

    books: Books
    ends: float
    certain: bool = True

    def __call__(self, ids: list[str]) -> bool:
        return self._possible(drafted(self.books.only(*ids)).cp) if ids else True

    def _possible(self, cp: Any) -> bool:
        from ortools.sat.python import cp_model

        left = max(LEAST, min(ONE_TRIAL, self.ends - time.monotonic()))
        status = searcher(left).solve(cp)
        self.certain = self.certain and status != cp_model.UNKNOWN
        return bool(status != cp_model.INFEASIBLE)


class _Asked(_Together):
    """Whether these rules can hold together, the rest left out."""

    def __init__(self, draft: Draft, ends: float) -> None:
        super().__init__(draft.books, ends)
        self.draft = draft

    def __call__(self, groups: list[Any]) -> bool:
        cp = self.draft.cp.clone()
        for lifted in self.draft.units.values():
            cp.add(lifted == 0)
        for group, literal in self.draft.groups.items():
            cp.add(literal == int(group in groups))
        return self._possible(cp)


def _smallest(items: list[T], possible: Callable[[list[T]], bool]) -> list[T] | None:
    """The smallest part that is impossible and would be possible without any one of it.

    By halves (QuickXplain, Junker 2004), so that few items among many need few trials.
    """
    return None if possible(items) else _halved([], [], items, possible)


def _halved(
    kept: list[T], new: list[T], items: list[T], possible: Callable[[list[T]], bool]
) -> list[T]:
    if new and not possible(kept):
        return []
    if len(items) == 1:
        return items
    one, two = items[: len(items) // 2], items[len(items) // 2 :]
    needed = _halved([*kept, *one], one, two, possible)
    return [*_halved([*kept, *needed], needed, one, possible), *needed]


def _repair(draft: Draft, seconds: float) -> tuple[Unit, ...]:
    """The cheapest bars to lift so that every rule holds."""
    from ortools.sat.python import cp_model

    for literal in draft.groups.values():
        draft.cp.add(literal == 1)
    draft.cp.minimize(sum(unit.cost * lifted for unit, lifted in draft.units.items()))
    solver: Any = searcher(seconds)
    if solver.solve(draft.cp) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return ()
    return tuple(sorted(unit for unit, lifted in draft.units.items() if solver.value(lifted)))
