"""Races of room finance: two officers at one contract, two signatures of one turn, two drafts.

Shows: R-072
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.credentials.enums import Method
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.operations.signing import record
from didaskaleio.credentials.signing.errors import NotYourTurnError
from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import ContractKind, PaperKind
from didaskaleio.finance.models import Contract, Payee
from didaskaleio.kernel import files
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.queries import actor_of
from tests.factories import finance, programmes, structures
from tests.races.together import NOW, at_once, refusals

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def desks(authority):
    """Two officers of accounts, and the keys of the bodies."""
    return [actor_of(finance.a_desk(), at=NOW) for _ in range(2)]


def row(contract):
    return queries.contracts().get(pk=contract.pk)


def test_two_officers_who_issue_at_once_give_one_number(desks):
    contract = finance.a_contract()

    def issue(desk):
        return lambda: operations.issue(row(contract), actor=desk, at=NOW)

    outcomes = at_once([issue(desk) for desk in desks])
    assert len(refusals(outcomes)) == 1
    assert row(contract).number == "ITYE-ΣΥΜ-2023-000001"
    assert StoredDocument.objects.count() == 1


def test_two_officers_who_send_at_once_open_one_case(desks):
    contract = finance.a_contract()
    operations.issue(contract, actor=desks[0], at=NOW)

    def send(desk):
        return lambda: operations.send(row(contract), actor=desk, at=NOW)

    outcomes = at_once([send(desk) for desk in desks])
    assert len(refusals(outcomes)) == 1
    assert SigningCase.objects.count() == 1


def test_two_windows_that_sign_the_same_turn_bring_one_signature(desks):
    contract = finance.a_contract()
    operations.issue_and_send(contract, actor=desks[0], at=NOW)
    pdf = files.read(row(contract).case.file)
    later = NOW + timedelta(hours=1)

    def sign():
        case = row(contract).case
        return record(case, case.turn, pdf, Method.UPLOAD, [], actor=SYSTEM, at=later)

    outcomes = at_once([sign, sign])
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert len(refused) == 1
    assert isinstance(refused[0], NotYourTurnError | Refusal)
    assert (row(contract).state, row(contract).signed_at) == ("in_force", later)


def test_a_signature_and_a_withdrawal_at_once_leave_one_of_them(desks):
    contract = finance.a_contract()
    operations.issue_and_send(contract, actor=desks[0], at=NOW)

    def sign():
        case = row(contract).case
        pdf = files.read(case.file)
        record(case, case.turn, pdf, Method.UPLOAD, [], actor=SYSTEM, at=NOW)

    def withdraw():
        operations.withdraw(row(contract), actor=desks[1], at=NOW, reason="Λάθος.")

    assert len(refusals(at_once([sign, withdraw]))) == 1
    state, case = row(contract).state, row(contract).case.state
    assert (state, case) in {("in_force", "completed"), ("withdrawn", "withdrawn")}


def test_two_officers_who_draw_up_the_same_work_leave_one_contract(desks):
    finance.a_template()
    programmes.a_programme("running")
    (work,) = queries.works(queries.programmes(), [ContractKind.TRAINER])

    def draw(desk):
        return lambda: operations.draw_up_work(work, actor=desk, at=NOW)

    at_once([draw(desk) for desk in desks])
    assert (Contract.objects.count(), Payee.objects.count()) == (1, 1)


def test_two_new_versions_of_a_template_leave_one_draft(desks):
    body = structures.a_body()

    def begin(desk):
        return lambda: operations.begin_template(body, ContractKind.AUTHOR, actor=desk, at=NOW)

    assert len(refusals(at_once([begin(desk) for desk in desks]))) == 1


def test_two_files_of_one_kind_at_once_leave_one_that_waits(desks):
    payee = finance.a_payee()
    own = actor_of(payee.person, at=NOW)

    def give():
        return operations.give(payee, PaperKind.IDENTITY, finance.upload(), actor=own, at=NOW)

    assert refusals(at_once([give, give])) == []
    states = sorted(payee.papers.values_list("state", flat=True))
    assert states == ["replaced", "submitted"]
