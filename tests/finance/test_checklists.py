"""Supporting documents: given, judged with a reason, reminded of, ended; the checklist of each.

Shows: R-074
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import PaperKind
from didaskaleio.finance.errors import PaperError
from didaskaleio.finance.models import Paper
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.models import Notice
from tests.factories import finance, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def payee():
    return finance.a_payee()


@pytest.fixture
def own(payee, actor_for):
    return actor_for(payee.person)


def test_an_accepted_document_holds_and_a_newer_one_takes_its_place(payee, desk, at):
    first = finance.a_paper(payee)
    second = finance.a_paper(payee, accepted=False)
    first.refresh_from_db()
    assert (first.state, second.state) == ("accepted", "submitted")
    operations.accept(second, actor=desk, at=at)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "accepted")


def test_of_two_that_wait_the_newer_stays(payee, own, at):
    by = {"actor": own, "at": at}
    first = operations.give(payee, PaperKind.IDENTITY, finance.upload(), **by)
    operations.give(payee, PaperKind.IDENTITY, finance.upload(), **by)
    first.refresh_from_db()
    assert first.state == "replaced"


def test_a_rejection_says_what_must_change(payee, own, desk, at):
    paper = operations.give(payee, PaperKind.IDENTITY, finance.upload(), actor=own, at=at)
    operations.reject(paper, actor=desk, at=at, reason="Δεν διαβάζεται.")
    assert (paper.state, paper.refusal) == ("rejected", "Δεν διαβάζεται.")
    last = Notice.objects.filter(person=payee.person).latest("pk")
    assert "Δεν διαβάζεται." in last.text


def test_a_permit_needs_its_last_day_and_one_that_is_over_is_refused(payee, own, at):
    by = {"actor": own, "at": at}
    with pytest.raises(PaperError, match="έως πότε") as refused:
        operations.give(payee, PaperKind.PERMIT, finance.upload(), **by)
    assert refused.value.code == "until"
    with pytest.raises(PaperError, match="έχει λήξει"):
        operations.give(payee, PaperKind.PERMIT, finance.upload(), until=date(2023, 1, 17), **by)
    today = operations.give(payee, PaperKind.PERMIT, finance.upload(), until=at.date(), **by)
    assert today.last_day == at.date()


def test_only_what_is_a_document_is_taken(payee, own, at):
    with pytest.raises(FileRefusedError, match="PDF"):
        operations.give(
            payee, PaperKind.IDENTITY, finance.upload("α.txt", b"text"), actor=own, at=at
        )
    assert not Paper.objects.exists()


def test_the_clock_reminds_a_month_before_and_ends_at_midnight(payee, at):
    permit = finance.a_paper(payee, "permit", until=date(2023, 3, 31))
    end = datetime(2023, 4, 1, tzinfo=ATHENS)
    assert (permit.ends_at, permit.remind_at) == (end, end - timedelta(days=30))
    lifecycle.fire_due(end - timedelta(days=30))
    permit.refresh_from_db()
    assert permit.state == "ending"
    assert queries.permit_holds(payee, end - timedelta(seconds=1))
    lifecycle.fire_due(end)
    permit.refresh_from_db()
    assert permit.state == "expired"
    titles = Notice.objects.filter(person=payee.person).values_list("title", flat=True)
    assert {"Δικαιολογητικό που λήγει", "Έληξε δικαιολογητικό"} <= set(titles)


def test_what_has_expired_does_not_hold_even_before_the_clock_came(payee):
    payee.public_servant = True
    finance.a_paper(payee, "permit", until=date(2023, 3, 31))
    end = datetime(2023, 4, 1, tzinfo=ATHENS)
    assert queries.permit_holds(payee, end - timedelta(seconds=1))
    assert not queries.permit_holds(payee, end)


def test_the_checklist_asks_what_the_template_asks_and_the_permit_of_a_public_servant(at):
    payee = finance.a_payee(public_servant=True)
    contract = finance.a_contract(payee, requires=["account_proof", "declaration"])
    finance.a_paper(payee, "declaration")
    finance.a_paper(payee, "account_proof", accepted=False)
    lines = queries.checklist(payee, queries.asked(contract), at + timedelta(hours=1))
    assert [(line.kind, line.holds is not None, line.waits) for line in lines] == [
        ("declaration", True, False),
        ("account_proof", False, True),
        ("permit", False, False),
    ]
    later = at + timedelta(hours=1)
    assert queries.missing(contract, later) == [PaperKind.ACCOUNT_PROOF, PaperKind.PERMIT]


def test_who_works_in_no_public_post_needs_no_permit(at):
    assert queries.permit_holds(finance.a_payee(), at)


def test_only_the_payee_gives_and_only_the_desk_judges(payee, own, desk, at, actor_for):
    with pytest.raises(PermissionDenied):
        operations.give(
            payee, PaperKind.IDENTITY, finance.upload(), actor=actor_for(people.a_person()), at=at
        )
    paper = operations.give(payee, PaperKind.IDENTITY, finance.upload(), actor=own, at=at)
    with pytest.raises(PermissionDenied):
        operations.accept(paper, actor=own, at=at)
    other = actor_for(finance.a_desk("iep"))
    with pytest.raises(PermissionDenied):
        operations.accept(paper, actor=other, at=at)
    operations.accept(paper, actor=desk, at=at)
