"""Races on PostgreSQL at the register of centres: decided once, approved by one act at a time.

Shows: R-012.
"""

from __future__ import annotations

from datetime import date

import pytest

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import OvertakenError, StepRefusedError
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.operations import RoomFacts
from didaskaleio.structures.models import Room
from tests.factories import people
from tests.factories.structures import a_centre
from tests.kernel.forms.fixtures import NOW
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race
LAB = RoomFacts("Εργαστήριο 9", Room.Kind.LAB, 18)


def officers(many):
    return [actor_of(people.officer(), at=NOW) for _ in range(many)]


def test_two_officers_decide_on_a_room_and_it_is_made_once(committed_db):
    centre = a_centre()
    manager = actor_of(people.a_centre_manager(centre), at=NOW)
    made = operations.propose_room(centre, LAB, actor=manager, at=NOW)
    outcomes = at_once(
        [lambda who=who: operations.accept_room(made, actor=who, at=NOW) for who in officers(3)]
    )
    assert [type(each) for each in refusals(outcomes)] == [StepRefusedError] * 2
    assert centre.rooms.filter(name="Εργαστήριο 9").count() == 1


def test_of_two_acts_written_on_the_same_page_one_is_taken(committed_db):
    centre = a_centre(approved_from=None)
    seen = journal.latest(centre, operations.APPROVAL)

    def grant(who, number):
        return operations.decide_approval(
            centre,
            kind="grant",
            number=number,
            day=date(2022, 1, 5),
            valid_from=date(2022, 1, 10),
            valid_until=None,
            seen=seen,
            actor=who,
            at=NOW,
        )

    first, second = officers(2)
    outcomes = at_once([lambda: grant(first, "1"), lambda: grant(second, "2")])
    assert [type(each) for each in refusals(outcomes)] == [OvertakenError]
    assert centre.acts.count() == 1
