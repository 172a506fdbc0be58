"""Races on PostgreSQL at an office: appointments at once, an end and an appointment.

Shows: R-157.
"""

from __future__ import annotations

from datetime import date

import pytest

from didaskaleio.directory import operations
from didaskaleio.directory.errors import TermRefusedError
from didaskaleio.directory.models import Term
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.people.queries import actor_of
from tests.directory.structures import a_structure, a_term, head_of, regional
from tests.factories import people
from tests.kernel.forms.fixtures import NOW
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race


def officers(many):
    return [actor_of(regional(), at=NOW) for _ in range(many)]


def test_of_four_appointments_to_one_office_at_once_one_holds(committed_db):
    office = head_of(a_structure(officers(1)[0], NOW))
    pairs = [(who, people.a_person()) for who in officers(4)]
    outcomes = at_once(
        [lambda w=who, p=person: a_term(office, w, NOW, person=p) for who, person in pairs]
    )
    assert [type(each) for each in refusals(outcomes)] == [TermRefusedError] * 3
    assert Term.objects.filter(office=office, state="serving").count() == 1


def test_of_a_resignation_and_a_decision_at_once_one_ends_the_term(committed_db):
    keeper = officers(1)[0]
    made = a_term(head_of(a_structure(keeper, NOW)), keeper, NOW, begins_on=date(2022, 1, 1))
    own, copies = actor_of(made.person, at=NOW), [Term.objects.get() for _ in range(2)]
    outcomes = at_once(
        [
            lambda: operations.resign(copies[0], actor=own, at=NOW, reason="Μετάθεση."),
            lambda: operations.release(copies[1], actor=keeper, at=NOW, reason="Απόφαση."),
        ]
    )
    assert [type(each) for each in refusals(outcomes)] == [StepRefusedError]
    assert Term.objects.get().ended_by in {"resignation", "decision"}
