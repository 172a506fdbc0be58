"""Automatic timetable of a centre and of a region, and explanations: `make bench NAME=timetable`.

The baseline is the greedy planner: one programme after another, never taking anything back.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from datetime import time as hour

from benchmarks.figures import Bench
from didaskaleio.kernel.calendar import SchoolYear, public_holidays
from didaskaleio.programmes.solver import Books, Outcome, Person, Wanted, arrange, explain
from didaskaleio.programmes.solver.greedy import greedy
from didaskaleio.programmes.timetable import (
    CATEGORY_IIA,
    CATEGORY_IIB,
    SECONDARY_DAY,
    Availability,
    Context,
    Named,
    Parameters,
    Plan,
    Room,
    Trainer,
    Window,
    Wish,
    find,
)
from didaskaleio.programmes.timetable.composition import Composition

REGION, PREFECTURES = 100, 5
CLUSTER = Named("B2.3", "Β2.3 Μαθηματικά")
FIRST, LAST = date(2023, 3, 6), date(2023, 7, 2)
CENTRE_SECONDS, REGION_SECONDS = 3.0, 90.0


def person(number: int, place: Named) -> Person:
    """Every second one cannot on one evening and likes another."""
    windows = (
        Window(number % 5, hour(17, 30), hour(22), Wish.CANNOT),
        Window((number + 2) % 5, hour(17, 30), hour(19, 45), Wish.LIKES),
    )
    trainer = Trainer(f"{place.code}{number}", f"Επιμορφωτής {number}", (CLUSTER,), (place,))
    return Person(trainer, availability=Availability(windows if number % 2 else ()))


def prefecture(code: str, programmes: int, rooms: int, people: int, centres: int = 1) -> Books:
    """Centres of a prefecture that draw on the same people; each programme on six of them."""
    place = Named(code, code)
    persons = [person(number, place) for number in range(people)]
    ids = [one.trainer.id for one in persons]
    wanted = []
    for number in range(programmes):
        centre = number % centres
        inside = {
            f"{code}{centre}.{r}": Room(f"{code}{centre}.{r}", f"Α{r}", 15) for r in range(rooms)
        }
        start = number % people
        wanted.append(
            Wanted(
                id=f"{code}-{number}",
                code=f"{code}-{number}",
                plan=plan(CATEGORY_IIB if number % 4 == 3 else CATEGORY_IIA),
                context=context(place, inside),
                people=tuple((ids + ids)[start : start + min(6, people)]),
            )
        )
    return Books(tuple(wanted), dict(zip(ids, persons, strict=True)), Parameters())


def plan(composition: Composition) -> Plan:
    return Plan(composition, CLUSTER, (), None, ("Γραμματεία",))


def context(place: Named, rooms: dict[str, Room]) -> Context:
    days = {day: name for day, name in public_holidays(2023).items() if FIRST <= day <= LAST}
    return Context(
        first_day=FIRST,
        last_day=LAST,
        centre_prefecture=place,
        centre_hours=SECONDARY_DAY,
        public_holidays=days,
        school_breaks=SchoolYear(2022).breaks,
        rooms=rooms,
    )


def region(programmes: int) -> Books:
    parts = [
        prefecture(f"N{n}", programmes // PREFECTURES, 2, 12, centres=6) for n in range(PREFECTURES)
    ]
    return Books(
        tuple(one for part in parts for one in part.programmes),
        {who: one for part in parts for who, one in part.people.items()},
        Parameters(),
    )


def sound(books: Books, outcome: Outcome) -> int:
    """How many plans the rules of the timetable find nothing wrong with."""
    wanted = {one.id: one for one in books.programmes}
    return sum(
        not find(one.plan(wanted[one.id], books), wanted[one.id].context, books.parameters)
        for one in outcome.planned
    )


def arranged(bench: Bench, name: str, books: Books, seconds: float, goal: float) -> None:
    began = time.perf_counter()
    outcome = arrange(books, seconds)
    bench.most(f"{name}: a plan that keeps every rule", "s", time.perf_counter() - began, goal)
    bench.least(f"{name}: sound plans", "", sound(books, outcome), len(books.programmes))
    bench.told(
        f"{name}: cost, to the bound that the solver proved",
        "",
        outcome.cost,
        max(1, outcome.bound),
    )
    began = time.perf_counter()
    planned = len(greedy(books))
    bench.told(f"{name}: greedy, programmes planned", "", planned, len(books.programmes))
    bench.told(f"{name}: greedy", "s", time.perf_counter() - began)


def explained(bench: Bench) -> None:
    """Eight programmes and two people who may teach twelve hours a week."""
    books = prefecture("E", 8, 3, 2)
    books = replace(books, parameters=Parameters(trainer_hours_per_week=12))
    began = time.perf_counter()
    found = explain(books)
    bench.most("explanation with the nearest repair", "s", time.perf_counter() - began, 5)
    bench.least(
        "explanation: rules and repairs found",
        "",
        len(found.rules) * len(found.repair) if found else 0,
        1,
    )
    bench.told("explanation: proven minimal", "", int(found is not None and found.minimal))


def main(programmes: int = REGION) -> list[str]:
    bench = Bench("timetable")
    arranged(
        bench,
        "centre (8 programmes, 3 rooms, 6 people)",
        prefecture("K", 8, 3, 6),
        CENTRE_SECONDS,
        5,
    )
    explained(bench)
    name = f"region ({programmes} programmes)"
    arranged(bench, name, region(programmes), REGION_SECONDS, 120)
    return bench.missed
