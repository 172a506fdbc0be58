"""Races on PostgreSQL at a register: two entries, two decisions, updates beside each other.

Shows: R-022.
"""

from __future__ import annotations

import pytest

from didaskaleio.kernel.errors import OvertakenError, StepRefusedError
from didaskaleio.people.enums import Role
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.errors import MembershipRefusedError
from didaskaleio.registers.models import ChangeProposal, Membership
from tests.factories import people
from tests.factories.structures import a_body
from tests.kernel.forms.fixtures import NOW
from tests.races.together import at_once, refusals
from tests.registers.registers import PROCEDURES, VALUES, a_fields_form

pytestmark = pytest.mark.race


def officers(many):
    return [actor_of(people.officer("itye", Role.BODY_HEAD), at=NOW) for _ in range(many)]


def a_register():
    content = {"title": "Μητρώο", "code": "mitroo", "form": a_fields_form("itye", NOW)}
    by = {"actor": officers(1)[0], "at": NOW}
    return operations.set_procedures(
        operations.define(a_body("itye"), **by, **content), PROCEDURES, **by
    )


def a_member(register):
    by = {"actor": officers(1)[0], "at": NOW}
    return operations.enter(register, people.a_person(), **by, values=VALUES)


def test_a_person_entered_by_three_officers_at_once_is_a_member_once(committed_db):
    register, person = a_register(), people.a_person()
    outcomes = at_once(
        [
            lambda who=who: operations.enter(register, person, actor=who, at=NOW)
            for who in officers(3)
        ]
    )
    assert [type(each) for each in refusals(outcomes)] == [MembershipRefusedError] * 2
    assert [row.number for row in Membership.objects.all()] == ["2023/000001"]


def test_people_entered_at_once_get_numbers_without_a_gap(committed_db):
    register = a_register()
    entries = [(who, people.a_person()) for who in officers(5)]
    outcomes = at_once(
        [
            lambda who=who, person=person: operations.enter(register, person, actor=who, at=NOW)
            for who, person in entries
        ]
    )
    assert refusals(outcomes) == []
    numbers = sorted(Membership.objects.values_list("number", flat=True))
    assert numbers == [f"2023/00000{n}" for n in range(1, 6)]


def test_of_two_decisions_on_a_change_one_holds(committed_db):
    member = a_member(a_register())
    own = actor_of(member.person, at=NOW)
    asked = operations.update(member, {"level": "b1"}, actor=own, at=NOW).proposal
    first, second = officers(2)
    copies = [ChangeProposal.objects.get(pk=asked.pk) for _ in range(2)]
    outcomes = at_once(
        [
            lambda: operations.approve(copies[0], actor=first, at=NOW),
            lambda: operations.decline(copies[1], actor=second, at=NOW, reason="Όχι."),
        ]
    )
    assert [type(each) for each in refusals(outcomes)] == [StepRefusedError]
    asked.refresh_from_db()
    member.refresh_from_db()
    assert (asked.state == "accepted") == (member.values["level"] == "b1")
    assert member.changes.count() == (1 if asked.state == "accepted" else 0)


def test_updates_of_different_fields_at_once_are_all_kept(committed_db):
    member, who = a_member(a_register()), officers(3)
    wanted = [{"phone": "1"}, {"hours": "200"}, {"code": "X1"}]
    copies = [Membership.objects.get(pk=member.pk) for _ in wanted]
    outcomes = at_once(
        [
            lambda m=m, w=w, by=by: operations.update(m, w, actor=by, at=NOW, note="Απόφαση.")
            for m, w, by in zip(copies, wanted, who, strict=True)
        ]
    )
    assert refusals(outcomes) == []
    member.refresh_from_db()
    assert member.values == VALUES | {"phone": "1", "hours": "200", "code": "X1"}
    assert member.changes.count() == 3


def test_of_two_pages_opened_together_the_later_save_is_told(committed_db):
    member = a_member(a_register())
    own = actor_of(member.person, at=NOW)
    copies = [Membership.objects.get(pk=member.pk) for _ in range(3)]
    outcomes = at_once(
        [
            lambda m=m, n=n: operations.update(m, {"phone": str(n)}, actor=own, at=NOW, seen=0)
            for n, m in enumerate(copies)
        ]
    )
    assert [type(each) for each in refusals(outcomes)] == [OvertakenError] * 2
    assert member.changes.count() == 1
