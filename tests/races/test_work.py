"""Races of assigned work: one programme asks one person, nobody passes the limits of load.

Shows: R-029.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations
from didaskaleio.programmes.models import ParameterSet, Programme, WorkAssignment, WorkSubmission
from tests.factories import people, structures
from tests.programmes.work.stage import AT, CLOSES, DURING, a_call, act, applied, line, settled
from tests.programmes.work.test_assignments import a_draft
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race
LATER = CLOSES + timedelta(hours=3)


def by(person):
    return {"actor": actor_of(person, at=LATER), "at": LATER}


def ranked(*wanted):
    """A settled call with one applicant for each number of hours wanted."""
    call = a_call(line("B2.3", "KOZ", 1))
    who = [people.a_trainer() for _ in wanted]
    for someone, hours in zip(who, wanted, strict=True):
        applied(call, someone, wanted=hours)
    settled(call)
    return call, who


def test_four_who_ask_the_next_at_once_ask_one_person(committed_db):
    call, _ = ranked(60, 60)
    draft = a_draft(call.period, structures.a_centre("KOZ"))
    officers = [people.officer() for _ in range(4)]
    outcomes = at_once([partial(operations.ask_next, draft, **by(one)) for one in officers])
    assert WorkAssignment.objects.count() == 1
    assert len(refusals(outcomes)) == 3


def test_a_decision_and_the_next_of_the_ranking_at_once_ask_one_person(committed_db):
    call, _ = ranked(60)
    draft, other = a_draft(call.period, structures.a_centre("KOZ")), people.a_trainer()
    one, two = people.officer(), people.officer()
    outcomes = at_once(
        [
            partial(operations.ask_by_hand, draft, other, reason="Απόφαση 9.", **by(one)),
            partial(operations.ask_next, draft, **by(two)),
        ]
    )
    assert WorkAssignment.objects.count() == 1
    assert len(refusals(outcomes)) == 1


def test_three_programmes_at_once_never_promise_more_hours_than_the_limit(committed_db):
    call, _ = ranked(240)
    ParameterSet.objects.create(
        action=call.period.action, version=1, valid_from=AT, reason="Όριο.",
        values={"trainer_hours_per_period": 120},
    )  # fmt: skip
    acts = []
    for _ in range(3):
        centre = structures.a_centre("KOZ")
        manager = people.a_centre_manager(centre)
        acts.append(partial(operations.ask_next, a_draft(call.period, centre), **by(manager)))
    outcomes = at_once(acts)
    assert WorkAssignment.objects.count() == 2
    assert outcomes.count(None) == 1


def test_an_answer_and_the_clock_at_once_leave_one_outcome(committed_db):
    call, (someone,) = ranked(60)
    draft = a_draft(call.period, structures.a_centre("KOZ"))
    asked = operations.ask_next(draft, **by(people.officer()))
    one, two = WorkAssignment.objects.get(), WorkAssignment.objects.get()
    last = asked.answer_by - timedelta(seconds=1)
    outcomes = at_once(
        [
            partial(operations.accept_assignment, one, actor=act(someone), at=last),
            partial(operations.lapse_assignment, two, actor=SYSTEM, at=asked.answer_by),
        ]
    )
    assert len(refusals(outcomes)) == 1
    state = WorkAssignment.objects.get().state
    assert (state, Programme.objects.get(pk=draft.pk).trainer_id) in {
        ("accepted", someone.pk),
        ("expired", None),
    }


def test_two_tabs_at_once_submit_one_version(committed_db):
    call, someone = a_call(line("B2.3", "KOZ", 1)), people.a_trainer()
    mine = operations.start_application(call, actor=act(someone), at=DURING)
    lines = [call.lines.get().pk]
    operations.save_application(mine, actor=act(someone), at=DURING, lines=lines, wanted=60)
    tabs = [type(mine).objects.get(pk=mine.pk) for _ in range(2)]
    send = partial(operations.send_application, actor=act(someone), at=DURING, version=0)
    outcomes = at_once([partial(send, tab) for tab in tabs])
    assert WorkSubmission.objects.count() == 1
    assert len(refusals(outcomes)) == 1
