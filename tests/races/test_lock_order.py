"""Races of whole programmes against their people: one order of locks, no deadlock.

Shows: R-043, R-044, R-045.
"""

# ruff: noqa: B023 - every act ends within its own round
from __future__ import annotations

from itertools import count

import pytest

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.models import Attendance
from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.models import MergeConsent, WaitingList
from didaskaleio.enrolment.operations import lists
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from tests.enrolment.stages import (
    AFTER,
    DURING,
    ENROLMENT_CLOSES,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_officer,
    fresh,
    owed,
    runners_up,
)
from tests.races.test_phase_b import ROUNDS, claimer
from tests.races.together import at_once

pytestmark = pytest.mark.race
_rank = count(1000)


def decliner(holder):
    who, mine = actor(holder, AFTER), fresh(holder)
    return lambda: operations.decline(mine, actor=who, at=AFTER)


def leaver(holder):
    who, mine = actor(holder, AFTER), fresh(holder)
    return lambda: operations.leave(mine, actor=who, at=AFTER, reason="Μετάθεση")


def confirmer(holder):
    who, mine = actor(holder, AFTER), fresh(holder)
    return lambda: operations.confirm(
        mine, actor=who, at=AFTER, will_teach_declared=True, regulation_accepted=True
    )


def canceller(programme, cancel):
    who, row = an_officer(programme.period), fresh(programme)
    return lambda: cancel(row, actor=who, at=AFTER, reason="Λίγοι")


def states(applications):
    return [str(fresh(one).state) for one in applications]


def assert_nobody_was_a_victim(results):
    """Refusals are answers; anything else would have been raised by ``at_once``."""
    assert all(result is None or isinstance(result, Refusal) for result in results), results


def test_cancelling_below_the_minimum_while_its_people_decline(committed_db):
    period = a_stage("phase_b_closed")
    for _ in range(ROUNDS):
        programme = a_group(period, minimum=9, capacity=9)
        holders = [a_holder(programme) for _ in range(4)]
        results = at_once([*map(decliner, holders), canceller(programme, operations.cancel_below)])
        assert_nobody_was_a_victim(results)
        assert fresh(programme).state == "cancelled"
        assert set(states(holders)) <= {"withdrawn", "cancelled"}
        assert places.taken(programme) == 0


def test_cancelling_before_the_start_while_its_people_confirm_leave_and_decline(committed_db):
    period = a_stage("enrolling")
    for _ in range(ROUNDS):
        programme = a_group(period, "enrolling", capacity=9)
        placed = [a_holder(programme, confirm_by=ENROLMENT_CLOSES) for _ in range(4)]
        enrolled = [a_holder(programme, state="enrolled") for _ in range(2)]
        results = at_once(
            [
                *map(decliner, placed[:2]),
                *map(confirmer, placed[2:]),
                *map(leaver, enrolled),
                canceller(programme, operations.cancel_before_start),
            ]
        )
        assert_nobody_was_a_victim(results)
        assert fresh(programme).state == "cancelled"
        assert set(states([*placed, *enrolled])) <= {"withdrawn", "cancelled"}
        assert places.taken(programme) == 0


def test_a_programme_starts_while_its_people_leave(committed_db):
    period = a_stage("enrolling")
    for _ in range(ROUNDS):
        programme = a_group(period, "enrolling", capacity=9)
        staying = [a_holder(programme, state="enrolled") for _ in range(3)]
        leaving = [a_holder(programme, state="enrolled") for _ in range(3)]
        row, at = fresh(programme), programme.period.starts_at
        at_once([*map(leaver, leaving), lambda: delivery.start(row, actor=SYSTEM, at=at)])
        assert set(states(leaving)) == {"withdrawn"}
        rolls = Attendance.objects.filter(session__programme=programme, attendee="trainee")
        assert set(rolls.values_list("application", flat=True)) == {one.pk for one in staying}


def test_merging_while_people_of_both_programmes_decline_and_move(committed_db):
    period = a_stage("phase_b_closed")
    for _ in range(ROUNDS):
        source = a_group(period, minimum=9, capacity=9)
        target = a_group(period, minimum=9, capacity=9)
        there = [a_holder(target) for _ in range(3)]
        here = [a_holder(source) for _ in range(4)]
        who = an_officer(period)
        operations.propose_merge(source, target, actor=who, at=AFTER)
        MergeConsent.objects.filter(source=source).update(agreed=True)
        moved = fresh(here[0])
        facts = {"actor": who, "at": AFTER, "reason": "Ένσταση"}
        at_once(
            [
                lambda: operations.merge(source, target, **facts),
                lambda: operations.move_by_decision(moved, target, code="objection", **facts),
                *map(decliner, [here[1], *there[:2]]),
            ]
        )
        assert fresh(source).state == "cancelled"
        assert places.taken(source) == 0
        assert states(there[:2]) == ["withdrawn", "withdrawn"]
        assert states([here[0], *here[2:]]) == ["placed"] * 3
        assert {fresh(one).programme for one in (here[0], *here[2:])} == {target}


def test_offers_of_two_lists_while_a_programme_of_waiting_people_is_cancelled(committed_db):
    """The people of the cancelled programme stand on both lists, in opposite order."""
    period = a_stage("phase_b_closed")
    for _ in range(ROUNDS):
        filling = a_group(period, minimum=9, capacity=9)
        people_of = [a_holder(filling, rank=next(_rank)) for _ in range(4)]
        numbers = [one.number for one in people_of]
        groups = [a_group(period, "viable", capacity=4) for _ in range(2)]
        for group, order in zip(groups, (numbers, numbers[::-1]), strict=True):
            WaitingList.objects.filter(programme=group).update(numbers=order)
            for _ in range(3):
                owed(group)
        made = at_once(
            [
                *(lambda pk=group.pk: lists.offer_places(pk, at=AFTER) for group in groups),
                canceller(filling, operations.cancel_below),
            ]
        )
        assert made[:2] == [3, 3]
        assert set(states(people_of)) == {"cancelled"}
        assert [places.offered(group) for group in groups] == [3, 3]


def test_nobody_is_offered_a_place_while_taking_one_in_another_programme(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        wanted, other = a_group(period, minimum=1), a_group(period, "viable")
        (person,) = runners_up(other, 1)
        owed(other)
        at_once(
            [
                claimer(wanted, person),
                lambda: lists.offer_places(other.pk, at=DURING),
            ]
        )
        assert fresh(person).programme == wanted
        assert places.offered(other) == 0
