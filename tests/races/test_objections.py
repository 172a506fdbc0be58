"""Races on PostgreSQL: two members of the committee, a deadline, the final list.

Shows: R-019.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.kernel.models import JournalEntry
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.models import Call, Candidacy, Objection, RankingList
from didaskaleio.registers.operations import Decision
from tests.factories import people
from tests.races.together import NOW, at_once, refusals
from tests.registers.ranked import a_candidacy, assessed

pytestmark = pytest.mark.race
LATER = NOW + timedelta(days=3)


@pytest.fixture
def row(call, officer):
    made = a_candidacy(call, NOW, "90")
    ready = assessed(call, {made.pk: {"hours": {"allowed": "3", "reason": "Λείπει."}}})
    operations.publish_provisional(ready, actor=officer, at=LATER)
    return made


def a_member(call):
    someone = people.a_person()
    people.a_post(someone, Role.OBJECTION_COMMITTEE, Scope.CALL, call)
    return actor_of(someone, at=LATER)


def objecting(row, at):
    me, copy = actor_of(row.person, at=NOW), Candidacy.objects.get(pk=row.pk)
    return lambda: operations.object_to(copy, text="Ζητώ.", papers=[], actor=me, at=at)


def deciding(made, member, words):
    copy = Objection.objects.get(pk=made.pk)
    return lambda: operations.decide(copy, actor=member, at=LATER, decision=Decision(reason=words))


def test_of_two_members_that_decide_at_once_one_decides(row, call):
    made = objecting(row, LATER)()
    acts = [deciding(made, a_member(call), words) for words in ("Πρώτη.", "Δεύτερη.")]
    assert len(refusals(at_once(acts))) == 1
    made.refresh_from_db()
    assert made.state == "decided"
    entries = JournalEntry.objects.filter(subject="registers.objection", step="decide")
    assert entries.count() == 1


def test_two_objections_at_once_leave_one(row):
    outcomes = at_once([objecting(row, LATER) for _ in range(4)])
    assert len(refusals(outcomes)) == 3
    assert Objection.objects.get().receipt_number == "2023/000001"


def test_a_withdrawal_and_a_decision_at_once_leave_one_of_them(row, call):
    made = objecting(row, LATER)()
    me, copy = actor_of(row.person, at=NOW), Objection.objects.get(pk=made.pk)
    acts = [
        deciding(made, a_member(call), "Απόφαση."),
        lambda: operations.withdraw_objection(copy, actor=me, at=LATER),
    ]
    assert len(refusals(at_once(acts))) == 1
    stands = Candidacy.objects.get(pk=row.pk).rulings
    made.refresh_from_db()
    assert (made.state, bool(stands)) in {("decided", False), ("withdrawn", True)}


def test_an_objection_at_the_deadline_and_the_final_list_never_pass_each_other(row, call, officer):
    until = RankingList.objects.get().objections_until
    held = Call.objects.select_related("body", "form").get(pk=call.pk)
    after = until + timedelta(microseconds=1)
    acts = [
        objecting(row, until),
        lambda: operations.publish_final(held, actor=officer, at=after),
    ]
    assert len(refusals(at_once(acts))) == 1
    made = Objection.objects.exists()
    assert RankingList.objects.filter(stage="final").exists() is not made


def test_of_two_officers_that_publish_at_once_one_does(call, officer):
    a_candidacy(call, NOW)
    assessed(call)
    rows = [Call.objects.select_related("body", "form").get(pk=call.pk) for _ in range(2)]
    acts = [
        lambda one=one: operations.publish_provisional(one, actor=officer, at=LATER) for one in rows
    ]
    assert len(refusals(at_once(acts))) == 1
    assert RankingList.objects.count() == 1
