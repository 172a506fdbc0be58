"""Άπληστος σχεδιασμός: one programme after another, each as the builder would propose it.

The baseline of the benchmark: it never comes back on a decision.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from didaskaleio.programmes.solver.books import Books, Planned, Wanted
from didaskaleio.programmes.timetable import Busy, NoTimetableError, Slot, SlotKind, propose


def greedy(books: Books) -> list[Planned]:
    """What a patient person finds: the first pair of bands that works for the first person."""
    made: list[Planned] = []
    held: list[tuple[Planned, Wanted]] = []
    for wanted in books.programmes:
        found = _first(wanted, books, held)
        if found is not None:
            made.append(found)
            held.append((found, wanted))
    return made


def _first(wanted: Wanted, books: Books, held: list[tuple[Planned, Wanted]]) -> Planned | None:
    for who in wanted.people:
        person = books.people[who]
        taken = tuple(b for p, w in held if p.trainer == who for b in _busy(p, w))
        rooms = tuple(b for p, w in held for b in _busy(p, w) if b.room_id)
        context = replace(
            wanted.context,
            trainer_busy=(*person.busy, *taken),
            room_busy=(*wanted.context.room_busy, *rooms),
            availability=person.availability,
        )
        for pair in combinations([(band.weekday, band.start) for band in books.bands], 2):
            try:
                slots = propose(
                    wanted.plan.composition,
                    context.first_day,
                    pair,
                    context,
                    books.parameters,
                )
            except NoTimetableError:
                continue
            return Planned(wanted.id, who, tuple(slots))
    return None


def _busy(planned: Planned, wanted: Wanted) -> list[Busy]:
    return [_as_busy(slot, wanted) for slot in planned.slots]


def _as_busy(slot: Slot, wanted: Wanted) -> Busy:
    room = slot.room_id if slot.kind is SlotKind.FACE_TO_FACE else None
    return Busy(wanted.code, "", slot.id, slot.date, slot.start, slot.end, room)
