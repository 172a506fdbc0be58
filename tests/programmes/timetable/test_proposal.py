"""Proposals keep every rule, are always the same, or say why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from didaskaleio.programmes.timetable import (
    CATEGORIES,
    CATEGORY_IIA,
    CATEGORY_IIB,
    Break,
    Busy,
    Composition,
    Context,
    NoTimetableError,
    Room,
    Slot,
    SlotKind,
    check,
    propose,
)
from tests.programmes.timetable.samples import CONTEXT, PARAMETERS, PLAN

FIRST = date(2023, 3, 6)
EVENINGS = [(0, time(17, 30)), (2, time(17, 30)), (3, time(17, 30))]


def findings(category: Composition, slots: list[Slot], context: Context) -> list[str]:
    plan = replace(PLAN, composition=category, slots=tuple(slots))
    return [found.sentence for found in check(plan, context, PARAMETERS)]


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.code)
def test_the_second_period_of_2023_holds_both_categories(category: Composition) -> None:
    slots = propose(category, FIRST, EVENINGS, CONTEXT, PARAMETERS)
    assert [slot.id for slot in slots] == [f"s{number:02}" for number in range(1, 21)]
    assert findings(category, slots, CONTEXT) == []
    assert slots[0].date == FIRST


def test_face_to_face_sessions_take_the_smallest_room_that_holds_the_group() -> None:
    rooms = {room.id: room for room in (Room("a", "Α", 30), Room("b", "Β", 15), Room("c", "Γ", 9))}
    context = replace(CONTEXT, rooms=rooms)
    slots = propose(CATEGORY_IIA, FIRST, EVENINGS, context, PARAMETERS)
    used = {(slot.kind is SlotKind.FACE_TO_FACE, slot.room_id) for slot in slots}
    assert used == {(True, "b"), (False, None)}


def test_one_evening_a_week_holds_no_programme_and_the_reason_is_said() -> None:
    with pytest.raises(NoTimetableError) as refusal:
        propose(CATEGORY_IIB, FIRST, [(2, time(17, 30))], CONTEXT, PARAMETERS)
    assert str(refusal.value) == (
        "Με τις ώρες που δώσατε (Τετάρτη 17:30) και έναρξη Δευτέρα 6 Μαρτίου 2023 χωρούν 15 "
        "τρίωρα σε 15 εβδομάδες· χρειάζονται 20 σε έως 15: προσθέστε ημέρα ή ώρα, ή αλλάξτε "
        "ημέρα έναρξης."
    )


def test_without_a_room_there_is_no_face_to_face_programme() -> None:
    with pytest.raises(NoTimetableError, match="Καμία αίθουσα του κέντρου δεν έχει 15 θέσεις"):
        propose(CATEGORY_IIA, FIRST, EVENINGS, replace(CONTEXT, rooms={}), PARAMETERS)


def test_a_start_after_the_period_holds_nothing() -> None:
    with pytest.raises(NoTimetableError, match="χωρούν 0 τρίωρα σε 0 εβδομάδες"):
        propose(CATEGORY_IIB, date(2023, 9, 4), EVENINGS, CONTEXT, PARAMETERS)


def test_a_week_that_the_trainer_cannot_give_shortens_the_programme() -> None:
    busy = tuple(
        Busy("P1", "Άλλο", "συνεδρία", date(2023, 6, 19) + timedelta(days=n), time(8), time(22))
        for n in range(7)
    )
    context = replace(CONTEXT, trainer_busy=busy)
    slots = propose(CATEGORY_IIB, FIRST, EVENINGS, context, PARAMETERS)
    assert findings(CATEGORY_IIB, slots, context) == []
    assert max(slot.date for slot in slots) < date(2023, 6, 19)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Composition, date, list[tuple[int, time]], Context]:
    days = st.dates(FIRST, date(2023, 6, 30))
    evenings = st.tuples(
        st.integers(0, 6), st.sampled_from([time(h, 30) for h in (11, 15, 17, 20)])
    )
    busy = [
        Busy(
            f"P{n}", "Άλλο", "συνεδρία", day, time(16), time(19), draw(st.sampled_from(["r1", ""]))
        )
        for n, day in enumerate(draw(st.lists(days, max_size=12)))
    ]
    closed = draw(days)
    context = replace(
        CONTEXT,
        trainer_busy=tuple(busy[::2]),
        room_busy=tuple(busy[1::2]),
        public_holidays={
            **CONTEXT.public_holidays,
            **dict.fromkeys(draw(st.lists(days, max_size=4)), "Τοπική αργία"),
        },
        school_breaks=(
            *CONTEXT.school_breaks,
            Break("τοπικές διακοπές", closed, closed + timedelta(days=draw(st.integers(0, 5)))),
        ),
    )
    return (
        draw(st.sampled_from(CATEGORIES)),
        FIRST + timedelta(days=draw(st.integers(0, 28))),
        draw(st.lists(evenings, min_size=2, max_size=4, unique=True)),
        context,
    )


@settings(max_examples=60, deadline=None)
@given(situations())
def test_whatever_is_proposed_keeps_every_rule_and_is_the_same_again(
    situation: tuple[Composition, date, list[tuple[int, time]], Context],
) -> None:
    category, first, evenings, context = situation
    try:
        slots = propose(category, first, evenings, context, PARAMETERS)
    except NoTimetableError:
        assume(condition=False)
        return
    assert findings(category, slots, context) == []
    assert slots == propose(category, first, evenings, context, PARAMETERS)
