"""Races for the places of a small action: really committed, threads from one barrier.

Shows: R-049.
"""

from __future__ import annotations

from collections import Counter

import pytest

from didaskaleio.kernel.errors import Refusal
from didaskaleio.small_actions import operations
from didaskaleio.small_actions.models import Seat, SmallAction
from tests.factories import people, structures
from tests.races.together import at_once, refusals
from tests.small_actions.world import WRITTEN, actor, filled, letters, published, register, states

pytestmark = pytest.mark.race


@pytest.fixture
def row(committed_db):
    centre = structures.a_centre()
    return published(centre, actor(people.a_centre_manager(centre)), places=3)


def registering(row, person):
    who = actor(person)
    return lambda: operations.register(row, actor=who, at=WRITTEN)


def withdrawing(seat):
    who, row = actor(seat.person), Seat.objects.select_related("action").get(pk=seat.pk)
    return lambda: operations.withdraw(row, actor=who, at=WRITTEN)


def test_twelve_people_register_for_three_places(row):
    crowd = [people.a_teacher() for _ in range(12)]
    assert refusals(at_once([registering(row, one) for one in crowd])) == []
    assert states(row) == ["registered"] * 3 + ["waiting"] * 9
    assert list(row.seats.values_list("number", flat=True)) == list(range(1, 13))


def test_one_person_who_presses_six_times_has_one_seat(row):
    teacher = people.a_teacher()
    outcomes = at_once([registering(row, teacher) for _ in range(6)])
    assert len(refusals(outcomes)) == 5
    assert states(row) == ["registered"]


def test_three_leave_while_three_come_and_every_place_is_taken(row):
    seats = filled(row, 6)
    leaving = [withdrawing(seat) for seat in seats[:3]]
    coming = [registering(row, people.a_teacher()) for _ in range(3)]
    assert refusals(at_once([*leaving, *coming])) == []
    assert Counter(states(row)) == {"withdrawn": 3, "registered": 3, "waiting": 3}
    assert states(row)[3:6] == ["registered"] * 3


def test_two_people_declare_presence_from_one_device(row):
    first, second = (register(row, people.a_teacher()) for _ in range(2))
    at = SmallAction.objects.get().starts_at
    code = letters(row, at)

    def arriving(seat):
        who, held = actor(seat.person), Seat.objects.select_related("action").get(pk=seat.pk)
        return lambda: operations.arrive(held, code, device="d" * 32, actor=who, at=at)

    outcomes = at_once([arriving(first), arriving(second)])
    assert len([one for one in outcomes if isinstance(one, Refusal)]) == 1
    assert Counter(states(row)) == {"attended": 1, "registered": 1}
