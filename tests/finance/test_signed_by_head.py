"""A contract that the head of the body signs in person, before the payee, instead of the seal.

Shows: R-072, R-073.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.models import SigningCase
from didaskaleio.finance import operations
from didaskaleio.finance.errors import ContractError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role
from tests.factories import finance, people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def contract(authority):
    """A contract whose template asks for the head's signature."""
    found = finance.a_contract()
    found.template.signs = "head"
    found.template.save()
    return found


def a_head():
    return people.officer("itye", Role.BODY_HEAD)


def turns(contract):
    contract.refresh_from_db()
    rows = contract.case.signatories.order_by("order")
    return [(str(each), each.capacity, each.signed_at is not None) for each in rows]


def test_the_head_signs_first_and_the_payee_after(contract, desk, at):
    head = a_head()
    operations.issue_and_send(contract, actor=desk, at=at)
    payee = str(contract.payee)
    assert turns(contract) == [(str(head), "Για τον φορέα", False), (payee, "Δικαιούχος", False)]
    assert contract.case.turn.person == head
    finance.signed_by_turn(contract, at=at + DAY)
    assert [signed for _, _, signed in turns(contract)] == [True, False]
    assert contract.state == "signing"
    finance.signed_by_turn(contract, at=at + 2 * DAY)
    contract.refresh_from_db()
    assert (contract.state, contract.signed_at) == ("in_force", at + 2 * DAY)


def test_the_payee_is_told_to_sign_only_when_it_is_their_turn(contract, desk, at):
    a_head()
    person = contract.payee.person
    operations.issue_and_send(contract, actor=desk, at=at)
    told = Notice.objects.filter(person=person).order_by("pk")
    titles = list(told.values_list("title", flat=True))
    assert titles == ["Ετοιμάζεται σύμβασή σας", "Η σύμβασή σας στάλθηκε για υπογραφή"]
    finance.signed_by_turn(contract, at=at + DAY)
    asked = Notice.objects.filter(person=person).exclude(title__in=titles)
    assert asked.filter(title__startswith="Προς υπογραφή").exists()


def test_a_head_who_declines_ends_the_contract(contract, desk, at, actor_for):
    head = a_head()
    operations.issue_and_send(contract, actor=desk, at=at)
    contract.refresh_from_db()
    case = SigningCase.objects.get(pk=contract.case_id)
    credentials.decline(case, actor=actor_for(head), at=at + DAY, reason="Λάθος ποσό.")
    contract.refresh_from_db()
    assert (contract.state, contract.signed_at) == ("declined", None)


def test_nothing_is_sent_without_a_head_or_to_a_head_who_is_the_payee(contract, desk, at):
    with pytest.raises(ContractError, match="Κανένα πρόσωπο δεν διοικεί τον φορέα"):
        operations.issue_and_send(contract, actor=desk, at=at)
    people.a_post(contract.payee.person, Role.BODY_HEAD, "body", contract.body)
    with pytest.raises(ContractError, match="ή είναι το ίδιο δικαιούχος"):
        operations.issue_and_send(contract, actor=desk, at=at)
    contract.refresh_from_db()
    assert (contract.state, contract.number) == ("draft", "")


def test_a_new_version_of_a_template_keeps_who_signs(desk, at):
    first = finance.a_template(signs="head")
    second = operations.begin_template(first.body, "trainer", actor=desk, at=at)
    assert second.signs == "head"
    rest = {"title": "Σύμβαση", "text": finance.TEXT, "requires": []}
    operations.write_template(second, **rest, signs="seal", actor=desk, at=at)
    second.refresh_from_db()
    assert (second.signs, first.signs) == ("seal", "head")
