"""From accepted work to the bank: deductions, caps, two persons, the file, paid or returned.

Shows: R-076.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from didaskaleio.finance import sepa
from didaskaleio.finance.enums import TermKind
from didaskaleio.finance.errors import OrderRefusedError
from didaskaleio.finance.models import Contract, Payee, Payment, PaymentLine, WorkLine
from didaskaleio.finance.operations import orders
from didaskaleio.finance.queries.orders import ready
from didaskaleio.kernel.identifiers import IdentifierError
from didaskaleio.kernel.models import Notice
from tests.factories.payments import NOW, Desk, a_term

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def desk(authority):
    """Two sessions' hours accepted: 102,00 € for the trainer."""
    desk = Desk()
    desk.accepted()
    return desk


def whys(desk):
    return [each.why for each in ready(desk.action, TODAY).waiting]


def test_deductions_are_taken_and_the_lines_share_the_net_exactly(desk):
    a_term(desk.action, desk.officer, TermKind.DEDUCTION, "20", title="Παρακράτηση φόρου")
    a_term(
        desk.action,
        desk.officer,
        TermKind.DEDUCTION,
        "3.33",
        title="Κράτηση",
        tax_status="receipt",
    )
    a_term(desk.action, desk.officer, TermKind.DEDUCTION, "9", title="Άλλη", tax_status="company")
    payment = desk.ordered().payments.get()
    taken = {each.term.title: str(each.amount) for each in payment.deductions.all()}
    assert taken == {"Παρακράτηση φόρου": "20.40", "Κράτηση": "3.40"}
    assert (str(payment.gross), str(payment.net)) == ("102.00", "78.20")
    assert sum(payment.lines.values_list("net", flat=True)) == Decimal("78.20")


def test_work_waits_for_the_signed_contract(desk):
    Contract.objects.update(signed_at=None, state="signing")
    assert whys(desk) == ["να υπογραφεί η σύμβαση"]
    with pytest.raises(OrderRefusedError, match="Τίποτα δεν είναι έτοιμο"):
        desk.ordered()


def test_work_waits_for_the_facts_of_the_payee(desk):
    Payee.objects.update(state="submitted")
    assert whys(desk) == ["να επιβεβαιωθούν τα στοιχεία πληρωμής"]


def test_a_public_servant_is_paid_only_with_a_permit_of_that_day(desk):
    Payee.objects.update(public_servant=True)
    assert whys(desk) == ["άδεια ιδιωτικού έργου που να ίσχυε την ημέρα του έργου"]


def test_the_income_of_a_year_is_never_passed(desk):
    a_term(desk.action, desk.officer, TermKind.INCOME, "60")
    order = desk.ordered()
    assert str(order.payments.get().gross) == "51.00"
    assert whys(desk) == ["όριο εισοδήματος του έτους ή ανώτατο ποσό της σύμβασης"]


def test_the_ceiling_of_a_contract_is_never_passed(desk):
    Contract.objects.update(ceiling=Decimal("101.99"))
    assert str(desk.ordered().payments.get().gross) == "51.00"


def test_what_is_owed_back_is_taken_from_the_next_payment(authority):
    desk = Desk(signed=3)
    first, second, third = desk.calculated()
    desk.accepted([first])
    desk.paid()
    desk.corrected(0)
    difference = desk.calculated()[-1]
    assert str(difference.amount) == "-51.00"
    desk.accepted([difference])
    assert whys(desk) == ["να συμψηφιστεί με επόμενο έργο"]
    desk.accepted([second, third])
    assert str(desk.ordered().payments.get().gross) == "51.00"
    first.refresh_from_db()
    assert (first.state, str(first.amount)) == ("paid", "51.00")


def test_who_prepared_an_order_does_not_approve_it(desk):
    order = desk.ordered()
    with pytest.raises(OrderRefusedError, match="άλλο πρόσωπο"):
        orders.approve(order, actor=desk.actor, at=NOW)
    refused = pytest.raises(IntegrityError, match="order_approved_by_another")
    with refused, transaction.atomic():
        type(order).objects.filter(pk=order.pk).update(approved_by=order.by_id)


def test_the_bank_gets_a_file_that_its_schema_accepts(desk):
    order = desk.sent()
    with default_storage.open(order.file.path) as kept:
        xml = kept.read()
    assert sepa.faults(xml) == []
    assert desk.payee.iban.encode() in xml
    assert b">102.00</InstdAmt>" in xml


def test_a_paid_payment_keeps_its_day_and_settles_the_order(desk):
    order = desk.paid()
    payment = order.payments.get()
    assert (order.state, payment.state, payment.bank_on) == ("settled", "paid", TODAY)
    assert set(WorkLine.objects.values_list("state", flat=True)) == {"paid"}
    assert Notice.objects.filter(person=desk.trainer, title="Πληρωθήκατε").exists()


def test_the_day_of_the_bank_is_not_before_the_order_nor_in_the_future(desk):
    payment = desk.sent().payments.get()
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(OrderRefusedError, match="Η ημέρα"):
            orders.mark_paid(payment, bank_on=day, actor=desk.actor, at=NOW)


def test_what_the_bank_returned_is_paid_by_another_order_once(desk):
    payment = desk.sent().payments.get()
    orders.mark_returned(payment, actor=desk.actor, at=NOW, reason="Κλειστός λογαριασμός")
    assert payment.order.state == "settled"
    assert set(WorkLine.objects.values_list("state", flat=True)) == {"accepted"}
    again = desk.paid()
    assert str(again.payments.get().gross) == "102.00"
    assert PaymentLine.objects.filter(live=True).count() == 2
    assert Payment.objects.filter(state="paid").count() == 1


def test_a_cancelled_order_frees_its_lines(desk):
    order = desk.ordered()
    orders.cancel(order, actor=desk.actor, at=NOW, reason="Λάθος λογαριασμός")
    assert order.payments.get().state == "cancelled"
    assert str(desk.ordered().payments.get().gross) == "102.00"


def test_the_database_lets_a_line_be_in_one_live_payment_only(desk):
    payment = desk.ordered().payments.get()
    line = payment.lines.first().line
    refused = pytest.raises(IntegrityError, match="line_paid_once")
    with refused, transaction.atomic():
        PaymentLine.objects.create(payment=payment, line=line, net=Decimal(1))


def test_nothing_is_marked_before_the_order_went_to_the_bank(desk):
    payment = desk.ordered().payments.get()
    with pytest.raises(OrderRefusedError, match="δεν έχει σταλεί"):
        orders.mark_paid(payment, bank_on=TODAY, actor=desk.actor, at=NOW)


def test_an_account_is_a_valid_iban_and_stands_once(desk):
    iban = desk.account().iban
    given = {"title": "Ίδιος", "bic": "", "actor": desk.actor, "at": NOW}
    with pytest.raises(OrderRefusedError, match="υπάρχει ήδη"):
        orders.open_account(desk.action, iban=iban, **given)
    with pytest.raises(IdentifierError):
        orders.open_account(desk.action, iban="GR00 1", **given)
