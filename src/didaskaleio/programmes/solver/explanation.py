"""Εξήγηση: the smallest set of rules that cannot hold together, and the nearest repair."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from didaskaleio.programmes.solver.books import Books
from didaskaleio.programmes.solver.drafting import EVERY, Draft, Group, Unit
from didaskaleio.programmes.solver.solving import drafted, searcher

PATIENCE = 5.0
SHARE = 0.7  # of the time, for the rules; the rest is for the repair
FIRST_TRIAL, ONE_TRIAL, LEAST, BUSY = 3.0, 1.0, 0.05, 3
CHEAP = 6  # what a person or a room more costs, at least
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

    A programme that is impossible by itself is explained alone.
    """
    ends = time.monotonic() + BUSY * seconds
    together = _Together(books, ends)
    alone = next((one.id for one in books.programmes if not together([one.id])), None)
    draft = drafted(books if alone is None else books.only(alone), questioned=True)
    asked = _Asked(draft, ends)
    groups = sorted(draft.groups, key=lambda group: (group.about == EVERY, group))
    rules = _smallest(groups, asked)
    if rules is None:
        return None
    repair = _nearest(draft, set(rules), seconds * (1 - SHARE) / 2)
    return Explanation(tuple(sorted(rules)), asked.certain, repair)


def _nearest(draft: Draft, rules: set[Group], seconds: float) -> tuple[Unit, ...]:
    """The cheapest of what lifts bars of the conflict, what adds a person or a room, and both."""
    lifting = _repair(draft, lambda unit: draft.barred[unit] in rules, seconds)
    if lifting and sum(unit.cost for unit in lifting) <= CHEAP:
        return lifting
    adding = _repair(draft, lambda unit: _may_help(unit, draft.barred[unit], rules), seconds)
    found = [one for one in (lifting, adding) if one] or [_repair(draft, bool, 2 * seconds)]
    return min(found, key=lambda units: sum(unit.cost for unit in units))


@dataclass
class _Together:
    """Whether these programmes can stand together; who cannot tell in time says that they can."""

    books: Books
    ends: float
    certain: bool = True
    begun: bool = False

    def __call__(self, ids: list[str]) -> bool:
        return self._possible(drafted(self.books.only(*ids)).cp) if ids else True

    def _possible(self, cp: Any) -> bool:
        from ortools.sat.python import cp_model

        # what all the rest stands on may take as long as there is
        most, self.begun = ONE_TRIAL if self.begun else FIRST_TRIAL, True
        left = max(LEAST, min(BUSY * most, self.ends - time.monotonic()))
        solver = searcher(left)
        # work, not the clock, ends a trial: a busy machine explains later, and as well
        solver.parameters.max_deterministic_time = most
        status = solver.solve(cp)
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

    By halves (QuickXplain, Junker 2004), so that few items among many need few trials; the later
    ones are left out first.
    """
    if possible(items):
        return None
    # impossible even without any: somebody or some room is missing altogether
    return _halved([], [], items, possible) if possible([]) else []


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


def _repair(draft: Draft, allowed: Callable[[Unit], bool], seconds: float) -> tuple[Unit, ...]:
    """The cheapest bars to lift, among those allowed, so that every rule holds."""
    from ortools.sat.python import cp_model

    cp = draft.cp.clone()
    for literal in draft.groups.values():
        cp.add(literal == 1)
    for unit, lifted in draft.units.items():
        if not allowed(unit):
            cp.add(lifted == 0)
    cp.minimize(sum(unit.cost * lifted for unit, lifted in draft.units.items()))
    solver: Any = searcher(BUSY * seconds)
    solver.parameters.max_deterministic_time = seconds
    if solver.solve(cp) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return ()
    return tuple(sorted(unit for unit, lifted in draft.units.items() if solver.value(lifted)))


def _may_help(unit: Unit, bars: Group, rules: set[Group]) -> bool:
    """Another room helps where rooms are in the conflict, another person where people are."""
    if bars.rule:
        return bars in rules
    rooms = any(rule.startswith("ROOM") for rule, _ in rules)
    return not rules or (unit.kind == "room") == rooms
