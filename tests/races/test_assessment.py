"""Races of an assessment on PostgreSQL: two assessors, two officers, a withdrawal.

Shows: R-018.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.people.queries import actor_of
from didaskaleio.registers import assessments, operations
from didaskaleio.registers.models import Assessment, Call, Reconciliation
from tests.factories import people
from tests.races.together import NOW, at_once, refusals
from tests.registers.assessing import all_whole, an_expired_call, begun, fresh, less, open_ones

pytestmark = pytest.mark.race
LATER = NOW + timedelta(days=2)


def submitting(one, **verdicts):
    who = actor_of(one.person, at=LATER)
    whole = all_whole(**verdicts)
    return lambda: operations.submit_assessment(one, actor=who, at=LATER, verdicts=whole)


def test_two_who_submit_at_once_and_agree_end_the_assessment_once(call, officer):
    row = begun(call, officer, at=NOW, many=1, each=2)
    one, other = open_ones(row)
    assert refusals(at_once([submitting(one), submitting(other)])) == []
    assert fresh(one.candidacy).state == "assessed"


def test_two_who_submit_at_once_and_differ_open_one_reconciliation(call, officer):
    row = begun(call, officer, at=NOW, many=1, each=2)
    one, other = open_ones(row)
    acts = [submitting(one, hours=less("2")), submitting(other)]
    assert refusals(at_once(acts)) == []
    assert Reconciliation.objects.count() == 1
    assert fresh(one.candidacy).state == "complete"


def test_one_assessment_submitted_twice_at_once_counts_once(call, officer):
    row = begun(call, officer, at=NOW, many=1)
    [one], [again] = open_ones(row), open_ones(row)
    assert len(refusals(at_once([submitting(one), submitting(again, hours=less("1"))]))) == 1
    assert fresh(one.candidacy).state == "assessed"


def test_two_officers_who_assign_at_once_assign_each_candidacy_once(call, officer):
    row = an_expired_call(call, officer, at=NOW, many=4, each=1, assessors=2)
    other = actor_of(people.officer(), at=NOW)
    seal = assessments.proposed(row, LATER).seal
    acts = [
        lambda who=who: operations.assign(
            Call.objects.get(pk=row.pk), seen=seal, actor=who, at=LATER
        )
        for who in (officer, other)
    ]
    assert len(refusals(at_once(acts))) == 1
    assert Assessment.objects.count() == 4


def test_a_withdrawal_and_a_judgement_at_once_leave_no_half_state(call, officer):
    row = begun(call, officer, at=NOW, many=1)
    [one] = open_ones(row)
    candidate = actor_of(one.candidacy.person, at=LATER)
    held = fresh(one.candidacy)
    outcomes = at_once(
        [
            submitting(one),
            lambda: operations.withdraw(held, actor=candidate, at=LATER),
        ]
    )
    assert len(refusals(outcomes)) == 1
    now, judged = fresh(one.candidacy), Assessment.objects.get(pk=one.pk)
    assert (now.state, judged.state) in {("assessed", "submitted"), ("withdrawn", "assigned")}


def test_a_change_of_assessor_and_a_submission_at_once_one_is_told(call, officer):
    row = begun(call, officer, at=NOW, many=1, assessors=2)
    [one], [same] = open_ones(row), open_ones(row)
    spare = assessments.assessors(row, LATER).exclude(pk=one.person_id).get()
    outcomes = at_once(
        [
            submitting(one),
            lambda: operations.replace(same, spare, actor=officer, at=LATER, reason="Ασθένεια."),
        ]
    )
    assert len(refusals(outcomes)) == 1
    live = Assessment.objects.exclude(state="released")
    assert live.count() == 1
