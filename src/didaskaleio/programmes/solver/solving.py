"""Επίλυση: the wishes as a cost, the search, and plans read from its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from didaskaleio.programmes.solver.books import Books, Outcome, Planned, components
from didaskaleio.programmes.solver.drafting import Draft, Drafted
from didaskaleio.programmes.solver.shape import shape
from didaskaleio.programmes.solver.staffing import seat, staff
from didaskaleio.programmes.timetable import Slot, SlotKind

# what one departure from a wish costs
PLACE, ROOM, CHANGED, NEW_PERSON, SECOND, WISH = 6, 4, 2, 10, 5, 1
LEAST_SECONDS = 2.0
WORKERS = 2
Step = Callable[[int], None]


def drafted(books: Books, *, questioned: bool = False) -> Draft:
    """Μοντέλο: the rules of all programmes of the books."""
    draft = Draft(books, questioned=questioned)
    for one in draft.programmes:
        shape(draft, one)
    staff(draft)
    seat(draft)
    return draft


def arrange(books: Books, seconds: float, *, advance: Step | None = None) -> Outcome:
    """Σχεδιασμός: independent groups one after another, each within its share of the time.

    ``advance`` is told of each group how many programmes it held.
    """
    whole, left = Outcome(), max(1, len(books.programmes))
    for ids in components(books):
        share = max(LEAST_SECONDS, seconds * len(ids) / left)
        whole = _added(whole, _group(books.only(*ids), ids, share))
        if advance is not None:
            advance(len(ids))
    return whole


def _added(one: Outcome, two: Outcome) -> Outcome:
    return Outcome(
        one.planned + two.planned,
        one.cost + two.cost,
        one.bound + two.bound,
        one.stuck + two.stuck,
        one.undecided + two.undecided,
    )


def _group(books: Books, ids: tuple[str, ...], seconds: float) -> Outcome:
    from ortools.sat.python import cp_model

    draft = drafted(books)
    if any(not one.takes for one in draft.programmes):
        return Outcome(stuck=(ids,))
    costs = _costs(draft)
    draft.cp.minimize(sum(costs))
    _begin_regular(draft, seconds / 2)
    solver = searcher(seconds / 2)
    status = solver.solve(draft.cp)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        cost, bound = round(solver.objective_value), round(solver.best_objective_bound)
        planned = tuple(_planned(draft, one, solver) for one in draft.programmes)
        return Outcome(planned, cost, min(cost, bound))
    return Outcome(stuck=(ids,)) if status == cp_model.INFEASIBLE else Outcome(undecided=(ids,))


def _begin_regular(draft: Draft, seconds: float) -> None:
    """A first plan with as few places of the week as can be, for the search to begin with."""
    from ortools.sat.python import cp_model

    regular = draft.cp.clone()
    for one in draft.programmes:
        regular.add(sum(one.places) <= _fewest(draft, one))
    solver = searcher(seconds)
    if solver.solve(regular) in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        for index in range(len(regular.proto.variables)):
            variable = draft.cp.get_int_var_from_proto_index(index)
            draft.cp.add_hint(variable, solver.value(variable))


def _fewest(draft: Draft, one: Drafted) -> int:
    """No programme can do with fewer places of the week."""
    weeks = min(draft.books.parameters.maximum_teaching_weeks, len(one.weeks))
    return -(-one.wanted.plan.composition.slots // weeks)


def searcher(seconds: float, workers: int = WORKERS) -> Any:
    """A search with its limits; the seed makes one run like another."""
    from ortools.sat.python import cp_model

    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 2023
    return solver


def _costs(draft: Draft) -> list[Any]:
    found: list[Any] = []
    for one in draft.programmes:
        found += [*_regular(draft, one), *_kept(one), *_wishes(draft, one)]
    for who in draft.books.people:
        theirs = [one.takes[who] for one in draft.programmes if who in one.takes]
        if len(theirs) > 1:
            more = draft.cp.new_int_var(0, len(theirs), "")
            draft.cp.add(more >= sum(theirs) - 1)
            found.append(SECOND * more)
    return found


def _regular(draft: Draft, one: Drafted) -> list[Any]:
    """The same days and hours in all weeks, the same room: each more than needed costs."""
    places: dict[Any, Any] = {}
    for cell, use in zip(one.cells, one.use, strict=True):
        key = (cell.slot.date.weekday(), cell.slot.start)
        if key not in places:
            places[key] = draft.bool()
        draft.cp.add_implication(use, places[key])
    one.places = list(places.values())
    draft.cp.add(sum(one.places) >= _fewest(draft, one))
    rooms = [_opened(draft, held) for held in one.inside.values()]
    if rooms:
        draft.cp.add(sum(rooms) >= 1)
    return [PLACE * sum(one.places), ROOM * sum(rooms)]


def _opened(draft: Draft, held: dict[int, Any]) -> Any:
    opened = draft.bool()
    for there in held.values():
        draft.cp.add_implication(there, opened)
    return opened


def _kept(one: Drafted) -> list[Any]:
    """What stands already and could stay."""
    plan, costs = one.wanted.plan, []
    stands = {(slot.date, slot.start) for slot in plan.slots}
    for cell, use in zip(one.cells, one.use, strict=True):
        if (cell.slot.date, cell.slot.start) in stands:
            costs.append(CHANGED * (1 - use))
    if plan.trainer and plan.trainer.id in one.takes:
        costs.append(NEW_PERSON * (1 - one.takes[plan.trainer.id]))
    return costs


def _wishes(draft: Draft, one: Drafted) -> list[Any]:
    """Unwelcome hours cost their weight; welcome ones cost less than others do."""
    costs = []
    for who, held in one.by.items():
        availability = draft.books.people[who].availability
        best = max((int(w.wish) for w in availability.windows), default=0)
        for cell, holds in zip(one.cells, held, strict=True):
            if missed := max(0, best) - availability.weight(cell.slot):
                costs.append(WISH * missed * holds)
    return costs


def _planned(draft: Draft, one: Drafted, solver: Any) -> Planned:
    trainer = next(who for who, takes in one.takes.items() if solver.value(takes))
    chosen = [index for index, use in enumerate(one.use) if solver.value(use)]
    face = {
        index: room
        for room, held in one.inside.items()
        for index, there in held.items()
        if solver.value(there)
    }
    return Planned(one.wanted.id, trainer, tuple(_dressed(draft, one, sorted_(one, chosen), face)))


def sorted_(one: Drafted, indices: list[int]) -> list[int]:
    return sorted(indices, key=lambda index: one.cells[index].slot.begins)


def _dressed(draft: Draft, one: Drafted, chosen: list[int], face: dict[int, str]) -> list[Slot]:
    """The meetings with their kinds: support meetings stand evenly after the first fifth."""
    composition, kinds = one.wanted.plan.composition, {}
    for index in chosen:
        cell = one.cells[index]
        kinds[index] = SlotKind.FACE_TO_FACE if index in face else None
        if cell.pin and index not in face:
            kinds[index] = cell.slot.kind
    free = [index for index in chosen if kinds[index] is None]
    pinned = sum(kind is SlotKind.SUPPORT for kind in kinds.values())
    support = _late(free, composition.support - pinned)
    made = []
    for number, index in enumerate(chosen, 1):
        kind = kinds[index] or (SlotKind.SUPPORT if index in support else SlotKind.SYNCHRONOUS)
        minutes = draft.books.parameters.minutes(composition, kind)
        made.append(
            replace(
                one.cells[index].slot,
                id=f"s{number:02}",
                kind=kind,
                minutes=minutes,
                room_id=face.get(index),
            )
        )
    return made


def _late(free: list[int], many: int) -> set[int]:
    """So many of these, evenly, the first fifth left out."""
    skipped = min(len(free) // 5, len(free) - many)
    rest = free[skipped:]
    return {rest[(number + 1) * len(rest) // many - 1] for number in range(many)}
