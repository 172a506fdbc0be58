"""Επίλυση: first as many people as can be in groups that run, then the least unwelcome moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import permutations
from typing import Any

from didaskaleio.enrolment.merges.cases import Case, Person, Solved, components

MOVED = 1_000  # one move less matters more than where the others go
LEAST_SECONDS = 2.0
WORKERS = 2
Step = Callable[[int], None]


def solve(case: Case, seconds: float, *, advance: Step | None = None) -> Solved:
    """Σχέδιο: independent parts one after another, each within its share of the time.

    ``advance`` is told of each part how many groups it held.
    """
    whole, many = Solved(), max(1, len(case.groups))
    for part in components(case):
        share = max(LEAST_SECONDS, seconds * len(part.groups) / many)
        whole = _joined(whole, _part(part, share))
        if advance is not None:
            advance(len(part.groups))
    return whole


def _joined(one: Solved, two: Solved) -> Solved:
    return Solved(
        one.running | two.running,
        {**one.moves, **two.moves},
        one.left | two.left,
        one.seated + two.seated,
        one.bound + two.bound,
    )


def _part(case: Case, seconds: float) -> Solved:
    """One part; without an answer in time nobody moves and nothing that fills runs."""
    draft = _Draft(case)
    if not case.people:
        return draft.read(None, None)
    first = draft.most_seated(seconds / 2)
    if first is None:
        return draft.read(None, draft.everybody)
    best, bound = round(first.objective_value), round(first.best_objective_bound)
    second = draft.fewest_moves(first, best, seconds / 2)
    return draft.read(second or first, min(bound + draft.standing, draft.everybody))


class _Draft:
    """The model of one part: which groups run, who goes where."""

    def __init__(self, case: Case) -> None:
        from ortools.sat.python import cp_model

        self.case, self.cp = case, cp_model.CpModel()
        self.groups = {group.id: group for group in case.groups}
        self.runs = {g.id: self.cp.new_bool_var("") for g in case.groups if g.fills}
        self.goes = {
            (person.id, option.group): self.cp.new_bool_var("")
            for person in case.people
            for option in person.options
        }
        self.standing = sum(g.held for g in case.groups if not g.fills)
        self.everybody = sum(g.held for g in case.groups)
        self._people()
        self._groups()
        self._in_draw_order()

    def _moved(self, person: Person) -> Any:
        return sum(self.goes[person.id, option.group] for option in person.options)

    def _people(self) -> None:
        """Whoever sits in a group that runs stays; the others sit in one group at most."""
        for person in self.case.people:
            self.cp.add(self._moved(person) <= 1 - self.runs[person.source])

    def _groups(self) -> None:
        """A group takes what it has room for, and runs only if it reaches its minimum."""
        coming: dict[int, list[Any]] = defaultdict(list)
        for (_, target), goes in self.goes.items():
            coming[target].append(goes)
            if target in self.runs:
                self.cp.add_implication(goes, self.runs[target])
        for group in self.case.groups:
            arrivals = sum(coming[group.id])
            self.cp.add(arrivals <= group.room)
            if group.fills:
                lacking = max(group.minimum, 1) - group.held
                self.cp.add(arrivals >= lacking * self.runs[group.id])

    def _in_draw_order(self) -> None:
        """Nobody is left out for somebody drawn later who could sit nowhere else."""
        found = [person for person in self.case.people if person.options]
        for one, two in permutations(found, 2):
            if one.order < two.order and two.groups <= one.groups:
                stays = self.runs[one.source]
                self.cp.add(self._moved(one) + stays >= self._moved(two))

    def most_seated(self, seconds: float) -> Any:
        """As many as can be, besides those who sit in groups that run anyhow."""
        self.cp.maximize(self._seated())
        return self._searched(seconds)

    def _seated(self) -> Any:
        stay = sum(self.groups[pk].held * runs for pk, runs in self.runs.items())
        return stay + sum(self.goes.values())

    def fewest_moves(self, first: Any, best: int, seconds: float) -> Any:
        """As many seated, with the least unwelcome moves; begins from the plan at hand."""
        costs = {(p.id, o.group): MOVED + o.cost for p in self.case.people for o in p.options}
        self.cp.add(self._seated() >= best)
        for variable in (*self.runs.values(), *self.goes.values()):
            self.cp.add_hint(variable, first.value(variable))
        self.cp.minimize(sum(costs[key] * goes for key, goes in self.goes.items()))
        return self._searched(seconds)

    def _searched(self, seconds: float) -> Any:
        from ortools.sat.python import cp_model

        solver: Any = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = 2023
        return solver if solver.solve(self.cp) in {cp_model.OPTIMAL, cp_model.FEASIBLE} else None

    def read(self, solver: Any, bound: int | None) -> Solved:
        """The plan of a search; without one nothing that fills runs."""
        running = frozenset(pk for pk, var in self.runs.items() if solver and solver.value(var))
        moves = {p: g for (p, g), var in self.goes.items() if solver and solver.value(var)}
        left = frozenset(
            p.id for p in self.case.people if p.source not in running and p.id not in moves
        )
        seated = self.standing + sum(self.groups[pk].held for pk in running) + len(moves)
        return Solved(running, moves, left, seated, seated if bound is None else bound)
