"""Arrangements keep every rule of the timetable; what is impossible is explained, really minimal.

Shows: R-031, R-033.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didaskaleio.programmes.solver import (
    Books,
    Outcome,
    Person,
    arrange,
    components,
    explain,
    repair_in_words,
    rule_in_words,
)
from didaskaleio.programmes.solver.explanation import _Asked
from didaskaleio.programmes.solver.solving import drafted
from didaskaleio.programmes.timetable import (
    CATEGORY_IIB,
    Availability,
    Busy,
    Load,
    Off,
    Room,
    SlotKind,
    Window,
    Wish,
    find,
)
from tests.programmes.solver.samples import a_centre
from tests.programmes.timetable.samples import THESSALONIKI, slot

SECONDS = 6.0


def errors(books: Books, outcome: Outcome) -> list[str]:
    """What the rules of the timetable find in an arrangement, each programme beside the others."""
    wanted = {one.id: one for one in books.programmes}
    found = []
    for one in outcome.planned:
        mine = wanted[one.id]
        others = [other for other in outcome.planned if other.id != one.id]
        busy = [
            (other, Busy(wanted[other.id].code, "", s.id, s.date, s.start, s.end, s.room_id))
            for other in others
            for s in other.slots
        ]
        person = books.people[one.trainer]
        context = replace(
            mine.context,
            trainer_busy=(*person.busy, *(b for o, b in busy if o.trainer == one.trainer)),
            room_busy=(*mine.context.room_busy, *(b for _, b in busy if b.room_id)),
            availability=person.availability,
            trainer_load=person.load,
        )
        plan = one.plan(mine, books)
        found += [finding.sentence for finding in find(plan, context, books.parameters)]
    return found


def test_a_centre_is_arranged_and_every_plan_passes_the_checks_of_the_timetable() -> None:
    books = a_centre(4, 2, 3)
    outcome = arrange(books, SECONDS)
    assert outcome.whole
    assert len(outcome.planned) == 4
    assert errors(books, outcome) == []
    assert outcome.bound <= outcome.cost


@settings(max_examples=6)
@given(
    st.integers(1, 3),
    st.integers(1, 2),
    st.sets(st.integers(0, 5), max_size=2),
    st.integers(0, 80),
    st.sampled_from([None, 9, 12]),
)
def test_whatever_is_declared_a_plan_keeps_every_rule(
    programmes: int, people: int, shut: set[int], away: int, hours: int | None
) -> None:
    books = a_centre(programmes, 1, people)
    first = books.programmes[0].context.first_day + timedelta(away)
    availability = Availability(
        tuple(Window(day, time(15), time(19), Wish.CANNOT) for day in shut),
        (Off(first, first + timedelta(1)),),
    )
    persons = {who: replace(one, availability=availability) for who, one in books.people.items()}
    numbers = replace(books.parameters, trainer_hours_per_week=hours)
    books = replace(books, people=persons, parameters=numbers)
    assert errors(books, arrange(books, 2.0)) == []


def test_wishes_and_the_present_timetable_decide_between_plans_that_are_all_right() -> None:
    books = a_centre(1, 1, 1)
    likes = tuple(Window(day, time(17, 30), time(19, 45), Wish.WANTS) for day in (1, 3))
    books = replace(
        books, people={"t1": replace(books.people["t1"], availability=Availability(likes))}
    )
    outcome = arrange(books, SECONDS)
    assert {(s.date.weekday(), s.start) for s in outcome.planned[0].slots} == {
        (1, time(17, 30)),
        (3, time(17, 30)),
    }
    assert outcome.proven
    stood = replace(books.programmes[0].plan, slots=outcome.planned[0].slots)
    again = replace(books, programmes=(replace(books.programmes[0], plan=stood),))
    assert [s.begins for s in arrange(again, SECONDS).planned[0].slots] == [
        s.begins for s in outcome.planned[0].slots
    ]


def test_what_is_pinned_stays() -> None:
    books = a_centre(1, 1, 2)
    pins = (replace(slot("0903", SlotKind.SYNCHRONOUS), id="a", start=time(18, 15)),)
    wanted = replace(books.programmes[0], pins=pins)
    outcome = arrange(replace(books, programmes=(wanted,)), SECONDS)
    (planned,) = outcome.planned
    there = [s for s in planned.slots if (s.date, s.start) == (date(2023, 3, 9), time(18, 15))]
    assert [s.kind for s in there] == [SlotKind.SYNCHRONOUS]
    assert errors(books, outcome) == []


def test_programmes_that_share_nobody_and_no_room_are_arranged_apart() -> None:
    one, two = a_centre(2, 1, 1, name="a"), a_centre(1, 1, 1, name="b")
    books = replace(
        one, programmes=one.programmes + two.programmes, people={**one.people, **two.people}
    )
    assert sorted(sorted(ids) for ids in components(books)) == [["ap1", "ap2"], ["bp1"]]
    told: list[int] = []
    assert arrange(books, SECONDS, advance=told.append).whole
    assert sorted(told) == [1, 2]


def _tired() -> Books:
    books = a_centre(3, 1, 1)
    return replace(books, parameters=replace(books.parameters, trainer_hours_per_week=6))


def _pinned_on_a_shut_day() -> Books:
    books = a_centre(1, 1, 1)
    pin = replace(slot("0903", SlotKind.SYNCHRONOUS), id="a")
    shut = Availability((Window(3, time(15), time(22), Wish.CANNOT),))
    person = replace(books.people["t1"], availability=shut)
    plan = replace(books.programmes[0].plan, slots=(pin,))
    wanted = replace(books.programmes[0], pins=(pin,), plan=plan)
    return replace(books, programmes=(wanted,), people={"t1": person})


def _small_room() -> Books:
    books = a_centre(1, 1, 1)
    context = replace(books.programmes[0].context, rooms={"r1": Room("r1", "Α1", 12)})
    return replace(books, programmes=(replace(books.programmes[0], context=context),))


def _from_elsewhere() -> Books:
    books = a_centre(1, 1, 1)
    far = replace(books.people["t1"].trainer, prefectures=(THESSALONIKI,))
    return replace(books, people={"t1": Person(far)})


def _room_taken() -> Books:
    books = a_centre(1, 1, 1)
    first, last = date(2023, 3, 6), date(2023, 7, 2)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    busy = tuple(Busy("P00099", "Άλλο", "1η συνάντηση", d, time(8), time(22), "r1") for d in days)
    context = replace(books.programmes[0].context, room_busy=busy)
    return replace(books, programmes=(replace(books.programmes[0], context=context),))


IMPOSSIBLE = {
    "too few hours": (
        _tired,
        ["Επιμορφωτής 1: 6 ώρες ανά εβδομάδα, έως"],
        ["αυξήστε το όριο ωρών ανά εβδομάδα (Επιμορφωτής 1)"],
    ),
    "a pin on a shut day": (
        _pinned_on_a_shut_day,
        [
            "P00001: οι συναντήσεις που καρφιτσώσατε μένουν όπου είναι",
            "Επιμορφωτής 1 δήλωσε διαστήματα και ημέρες που δεν μπορεί",
        ],
        ["αφήστε ελεύθερη την 1η συνάντηση (Πέμπτη 9 Μαρτίου 2023, 17:30) του P00001"],
    ),
    "a room too small": (
        _small_room,
        ["P00001: αίθουσα με θέσεις για όλη την ομάδα"],
        ["βρείτε ακόμη μία αίθουσα με θέσεις για την ομάδα του P00001"],
    ),
    "nobody of the prefecture": (
        _from_elsewhere,
        ["P00001: επιμορφωτής ή επιμορφώτρια του νομού του κέντρου"],
        ["βρείτε ακόμη ένα πρόσωπο του μητρώου για το P00001"],
    ),
    "a room that others hold": (
        _room_taken,
        ["Η αίθουσα «Α1» είναι ήδη δεσμευμένη σε άλλες ώρες"],
        ["βρείτε ακόμη μία αίθουσα με θέσεις για την ομάδα του P00001"],
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_the_impossible_is_explained_by_rules_and_the_nearest_repair(case: str) -> None:
    make, rules, repairs = IMPOSSIBLE[case]
    books = make()
    assert arrange(books, SECONDS).stuck
    found = explain(books, seconds=30)
    assert found is not None
    assert [rule_in_words(group, books) for group in found.rules] == rules
    assert [repair_in_words(unit, books) for unit in found.repair] == repairs


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_the_conflict_is_minimal_without_any_one_of_its_rules_there_is_a_plan(case: str) -> None:
    books = IMPOSSIBLE[case][0]()
    found = explain(books, seconds=30)
    assert found is not None
    assert found.minimal
    asked = _Asked(drafted(books, questioned=True), ends=1e12)
    assert not asked(list(found.rules))
    for group in found.rules:
        assert asked([one for one in found.rules if one != group])
    assert asked.certain


def test_the_load_of_other_programmes_is_counted() -> None:
    books = a_centre(1, 1, 2)
    numbers = replace(books.parameters, trainer_hours_per_period=100)
    tired = replace(books.people["t1"], load=Load({}, 60, 60))
    books = replace(books, parameters=numbers, people={**books.people, "t1": tired})
    (planned,) = arrange(books, SECONDS).planned
    assert planned.trainer == "t2"


def test_remote_programmes_need_no_room() -> None:
    books = a_centre(1, 0, 1)
    plan = replace(books.programmes[0].plan, composition=CATEGORY_IIB)
    books = replace(books, programmes=(replace(books.programmes[0], plan=plan),))
    outcome = arrange(books, SECONDS)
    assert {s.room_id for s in outcome.planned[0].slots} == {None}
