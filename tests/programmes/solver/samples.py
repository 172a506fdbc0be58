"""Centres and regions to arrange in spring 2023; all people are invented."""

from __future__ import annotations

from dataclasses import replace

from didaskaleio.programmes.solver import Books, Person, Wanted
from didaskaleio.programmes.timetable import CATEGORY_IIA, CATEGORY_IIB, Parameters, Room, Trainer
from tests.programmes.timetable.samples import CONTEXT, KOZANI, MATHS, PLAN

CATEGORIES = (CATEGORY_IIA, CATEGORY_IIA, CATEGORY_IIB, CATEGORY_IIA)


def a_person(number: int, **facts: object) -> Person:
    trainer = Trainer(f"t{number}", f"Επιμορφωτής {number}", (MATHS,), (KOZANI,))
    return Person(trainer, **facts)


def a_centre(programmes: int, rooms: int, people: int, *, name: str = "", **facts: object) -> Books:
    """A centre whose rooms all hold the group; everybody may teach everything."""
    own = {f"{name}r{n}": Room(f"{name}r{n}", f"Α{n}", 15) for n in range(1, rooms + 1)}
    persons = [a_person(n) for n in range(1, people + 1)]
    named = {
        f"{name}{one.trainer.id}": replace(
            one, trainer=replace(one.trainer, id=f"{name}{one.trainer.id}")
        )
        for one in persons
    }
    wanted = [
        Wanted(
            id=f"{name}p{n}",
            code=f"{name}P{n:05}",
            plan=replace(PLAN, composition=CATEGORIES[n % 4], slots=(), trainer=None, registers=()),
            context=replace(CONTEXT, rooms=own),
            people=tuple(named),
        )
        for n in range(1, programmes + 1)
    ]
    return Books(tuple(wanted), named, Parameters(), **facts)
