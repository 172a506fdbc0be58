"""Two officers at once: nothing is written or paid twice, and no cap is passed.

Shows: R-075, R-076.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from didaskaleio.finance.batches import Said
from didaskaleio.finance.enums import TermKind
from didaskaleio.finance.models import (
    Invoice,
    Payee,
    Payment,
    PaymentLine,
    PaymentOrder,
    WorkLine,
)
from didaskaleio.finance.operations import acceptance, importing, invoices, orders, work
from didaskaleio.finance.queries import AFM
from didaskaleio.finance.queries.work import plan
from didaskaleio.kernel.sealed import blind_index
from tests.factories import people
from tests.factories.payments import NOW, Desk, a_payee, a_term, the_actor
from tests.races.together import at_once, refusals

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]


def test_two_calculate_at_once_and_the_cap_of_hours_holds():
    desk = Desk(signed=3)
    a_term(desk.action, desk.officer, TermKind.HOURS_OPERATION, "5", role="trainer")
    seen = plan(desk.action, NOW).digest
    given = {"actor": desk.actor, "at": NOW, "seen": seen}
    outcomes = at_once([lambda: work.calculate(desk.action, **given)] * 3)
    assert len(refusals(outcomes)) == 2
    assert WorkLine.objects.count() == 3
    assert sum(WorkLine.objects.values_list("counted", flat=True)) == 5


def test_two_draw_up_minutes_over_the_same_line():
    desk = Desk(signed=1)
    line, committee = desk.calculated()[0], desk.committee()
    given = {"actor": desk.actor, "at": NOW}
    outcomes = at_once([lambda: acceptance.draw_up(committee, [line.pk], **given)] * 2)
    assert len(refusals(outcomes)) == 1
    assert line.items.filter(live=True).count() == 1


def test_two_members_sign_at_once_and_the_minutes_are_sealed_once(authority):
    desk = Desk(signed=1)
    minutes = desk.circulated(desk.calculated())
    people = [member.person for member in minutes.committee.members.all()[:2]]

    def signing(person):
        fresh = type(minutes).objects.get(pk=minutes.pk)
        actor = the_actor(person)
        return lambda: acceptance.sign(fresh, actor=actor, at=NOW, seen=minutes.digest)

    assert refusals(at_once([signing(person) for person in people])) == []
    minutes.refresh_from_db()
    assert (minutes.state, minutes.signatures.count()) == ("sealed", 2)


def test_two_prepare_orders_at_once_and_no_income_cap_is_passed(authority):
    desk = Desk(signed=2)
    desk.accepted()
    a_term(desk.action, desk.officer, TermKind.INCOME, "60")
    account = desk.account()
    given = {"execution_on": NOW.date(), "actor": desk.actor, "at": NOW}
    outcomes = at_once([lambda: orders.prepare(desk.action, account, **given)] * 2)
    assert len(refusals(outcomes)) == 1
    assert PaymentOrder.objects.count() == 1
    assert PaymentLine.objects.filter(live=True).count() == 1


def test_a_payment_is_marked_paid_or_returned_but_once(authority):
    desk = Desk(signed=1)
    desk.accepted()
    payment = desk.sent().payments.get()
    paid = {"bank_on": NOW.date(), "actor": desk.actor, "at": NOW}
    back = {"reason": "Κλειστός λογαριασμός", "actor": desk.actor, "at": NOW}

    def fresh():
        return Payment.objects.get(pk=payment.pk)

    outcomes = at_once(
        [
            lambda: orders.mark_paid(fresh(), **paid),
            lambda: orders.mark_paid(fresh(), **paid),
            lambda: orders.mark_returned(fresh(), **back),
        ]
    )
    assert len(refusals(outcomes)) == 2
    payment.refresh_from_db()
    line = WorkLine.objects.get()
    assert (payment.state, line.state) in {("paid", "paid"), ("returned", "accepted")}


def test_two_write_the_same_sheet_at_once_and_each_line_stands_once():
    desk = Desk(signed=0)
    a_term(desk.action, desk.officer, value="4.20", unit="script", role="marker")
    index = blind_index("697000011", AFM)
    a_payee(desk.body, people.a_person(), afm="697000011", afm_index=index)
    day = date(2023, 5, 14)
    told = [Said(n, "697000011", f"Γ-{n}", "script", "", Decimal(n), day) for n in range(1, 4)]
    given = {"actor": desk.actor, "at": NOW}
    outcomes = at_once([lambda: importing.write(desk.action, told, **given)] * 3)
    assert len(refusals(outcomes)) == 2
    assert WorkLine.objects.count() == 3


def test_two_give_invoices_for_the_same_work_at_once(authority):
    desk = Desk(signed=1)
    desk.accepted()
    Payee.objects.update(tax_status="freelance")
    payee, actor = Payee.objects.get(pk=desk.payee.pk), the_actor(desk.trainer)

    def giving(number):
        facts = invoices.Facts(number, NOW.date(), Decimal("51.00"))
        paper = ContentFile(b"%PDF-1.7 dokimi", "timologio.pdf")
        given = {"actor": actor, "at": NOW}
        return lambda: invoices.give(payee, desk.action, facts, paper, **given)

    outcomes = at_once([giving("Α 1"), giving("Α 2")])
    assert len(refusals(outcomes)) == 1
    assert WorkLine.objects.get().invoice == Invoice.objects.get()
