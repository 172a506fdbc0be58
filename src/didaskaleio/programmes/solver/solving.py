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
PLACE, ROOM, CHANGED, OTHER, NEW_PERSON, SECOND, WISH = 6, 4, 2, 1, 10, 5, 1
LEAST_SECONDS, MORE = 2.0, 2
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
    """One group: a regular plan first, then a better one; on a busy machine more time for any."""
    from ortools.sat.python import cp_model

    draft = drafted(books)
    if any(not one.takes for one in draft.programmes):
        return Outcome(stuck=(ids,))
    draft.cp.minimize(sum(_costs(draft)))
    first = _regular_plan(draft, seconds / 2)
    solver = searcher(seconds / 2)
    status = solver.solve(draft.cp)
    if status == cp_model.INFEASIBLE:
        return Outcome(stuck=(ids,))
    bound = round(solver.best_objective_bound) if solver.best_objective_bound > 0 else 0
    better = solver if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else None
    found = better or first or _regular_plan(draft, MORE * seconds)
    if found is None:
        return Outcome(undecided=(ids,))
    cost = round(found.objective_value)
    planned = tuple(_planned(draft, one, found) for one in draft.programmes)
    return Outcome(planned, cost, min(cost, bound))


def _regular_plan(draft: Draft, seconds: float) -> Any:
    """A plan with as few places of the week as can be, left as a hint; None where none is found."""
    from ortools.sat.python import cp_model

    regular = draft.cp.clone()
    for one in draft.programmes:
        regular.add(sum(one.places) <= _fewest(draft, one))
    solver = searcher(seconds)
    if solver.solve(regular) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    draft.cp.clear_hints()
    for index in range(len(regular.proto.variables)):
        variable = draft.cp.get_int_var_from_proto_index(index)
        draft.cp.add_hint(variable, solver.value(variable))
    return solver


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
    # a first plan comes five times sooner without these, and the proof no later
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 2
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
    costs += [OTHER * changed for changed in _otherwise(one)]
    if plan.trainer and plan.trainer.id in one.takes:
        costs.append(NEW_PERSON * (1 - one.takes[plan.trainer.id]))
    return costs


def _otherwise(one: Drafted) -> list[Any]:
    """Face to face no more, or newly so, or in another room."""
    stood = {(slot.date, slot.start): slot for slot in one.wanted.plan.slots}
    found: list[Any] = []
    for index, met in one.met.items():
        slot = stood.get((one.cells[index].slot.date, one.cells[index].slot.start))
        if slot is not None and slot.room_id in one.inside:
            found.append(1 - one.inside[slot.room_id or ""][index])
        elif slot is not None:
            found.append(met)
    return found


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
    """The meetings with their kinds, rooms and lengths, in order."""
    kinds = _kinds(one, chosen, face)
    composition = one.wanted.plan.composition
    return [
        replace(
            one.cells[index].slot,
            id=f"s{number:02}",
            kind=kinds[index],
            minutes=draft.books.parameters.minutes(composition, kinds[index]),
            room_id=face.get(index),
        )
        for number, index in enumerate(chosen, 1)
    ]


def _kinds(one: Drafted, chosen: list[int], face: dict[int, str]) -> dict[int, SlotKind]:
    """Face to face as found, the rest as it stood; new support meetings come late and evenly."""
    composition = one.wanted.plan.composition
    left = {kind: composition.count(kind) for kind in (SlotKind.SYNCHRONOUS, SlotKind.SUPPORT)}
    stood = {(slot.date, slot.start): slot.kind for slot in one.wanted.plan.slots}
    kinds = dict.fromkeys(face, SlotKind.FACE_TO_FACE)
    rest = [index for index in chosen if index not in face]
    for index in sorted(rest, key=lambda index: not one.cells[index].pin):
        cell = one.cells[index]
        kind = cell.slot.kind if cell.pin else stood.get((cell.slot.date, cell.slot.start))
        if kind is not None and left.get(kind):
            kinds[index] = kind
            left[kind] -= 1
    free = [index for index in rest if index not in kinds]
    late = _late(free, left[SlotKind.SUPPORT])
    made = {i: SlotKind.SUPPORT if i in late else SlotKind.SYNCHRONOUS for i in free}
    return kinds | made


def _late(free: list[int], many: int) -> set[int]:
    """So many of these, evenly, the first fifth left out."""
    skipped = min(len(free) // 5, len(free) - many)
    rest = free[skipped:]
    return {rest[(number + 1) * len(rest) // many - 1] for number in range(many)}
