"""Races on PostgreSQL at a sheet of members: applied once, and never beside an entry by hand.

Shows: R-010.
"""

from __future__ import annotations

import io

import pytest

from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Identifier
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from tests.factories import people
from tests.factories.structures import a_body
from tests.kernel.forms.fixtures import NOW
from tests.races.together import at_once, refusals
from tests.registers.registers import a_fields_form

pytestmark = pytest.mark.race


def officers(many):
    return [actor_of(people.officer("itye", Role.BODY_HEAD), at=NOW) for _ in range(many)]


def test_a_sheet_that_two_apply_while_a_third_enters_makes_each_a_member_once(committed_db):
    first, second, third = officers(3)
    by = {"actor": first, "at": NOW}
    content = {"title": "Μητρώο", "code": "mitroo", "form": a_fields_form("itye", NOW)}
    register = operations.define(a_body("itye"), **by, **content)
    crowd = [people.a_teacher() for _ in range(3)]
    afms = Identifier.objects.filter(kind="afm", person__in=crowd).values_list("value", flat=True)
    sheet = io.BytesIO("\n".join(["ΑΦΜ;Επίπεδο", *(f"{afm};Β2" for afm in afms)]).encode())
    row = operations.receive_members(register, sheet, "a.csv", **by)
    operations.map_members(row, columns=row.columns, **by)
    outcomes = at_once(
        [
            lambda: operations.apply_members(row, actor=first, at=NOW),
            lambda: operations.apply_members(row, actor=second, at=NOW),
            lambda: operations.enter(register, crowd[0], actor=third, at=NOW),
        ]
    )
    assert StepRefusedError in [type(each) for each in refusals(outcomes)]
    assert sorted(register.members.values_list("person", flat=True)) == sorted(
        person.pk for person in crowd
    )
    assert len(set(register.members.values_list("number", flat=True))) == 3
