"""Who keeps books is paid for what an accepted invoice covers, exactly and once.

Shows: R-072.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from didaskaleio.finance.errors import InvoiceError
from didaskaleio.finance.models import Invoice, Payee, WorkLine
from didaskaleio.finance.operations import invoices
from didaskaleio.finance.queries.invoices import uninvoiced
from didaskaleio.finance.queries.orders import ready
from didaskaleio.kernel.models import JournalEntry, Notice
from tests.factories import people
from tests.factories.payments import NOW, Desk, the_actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DUE = Decimal("102.00")


@pytest.fixture
def desk(authority):
    """102,00 € accepted of a trainer who keeps books."""
    desk = Desk()
    Payee.objects.update(tax_status="freelance")
    desk.payee.refresh_from_db()
    desk.accepted()
    return desk


def given(desk, number="Α 1", amount=DUE, day=TODAY, at=NOW, actor=None):
    facts = invoices.Facts(number, day, Decimal(amount))
    upload = ContentFile(b"%PDF-1.7 dokimi", "timologio.pdf")
    actor = actor or the_actor(desk.trainer)
    return invoices.give(desk.payee, desk.action, facts, upload, actor=actor, at=at)


def whys(desk):
    return [each.why for each in ready(desk.action, TODAY).waiting]


def test_work_waits_until_its_invoice_is_accepted(desk):
    waits = ["παραστατικό του δικαιούχου που να έγινε δεκτό"]
    assert whys(desk) == waits
    invoice = given(desk)
    assert whys(desk) == waits
    invoices.accept(invoice, actor=desk.actor, at=NOW)
    assert whys(desk) == []
    assert desk.ordered().payments.get().gross == DUE


def test_without_books_no_invoice_is_asked_nor_taken(desk):
    Payee.objects.update(tax_status="receipt")
    assert whys(desk) == []
    with pytest.raises(InvoiceError, match="τίτλο κτήσης"):
        given(desk)


@pytest.mark.parametrize("amount", ["101.99", "102.01"])
def test_an_invoice_is_for_exactly_what_was_accepted(desk, amount):
    with pytest.raises(InvoiceError, match=r"είναι 102,00\xa0€") as refused:
        given(desk, amount=amount)
    assert refused.value.code == "amount"
    assert not Invoice.objects.exists()


def test_the_day_of_an_invoice_is_not_to_come(desk):
    with pytest.raises(InvoiceError, match="στο μέλλον"):
        given(desk, day=TODAY + timedelta(days=1))


def test_nothing_is_invoiced_twice(desk):
    given(desk)
    with pytest.raises(InvoiceError, match="Κανένα έργο"):
        given(desk, "Α 2")
    assert uninvoiced([desk.payee]) == []


def test_a_number_is_given_once_unless_its_invoice_was_rejected(desk):
    first = given(desk)
    invoices.reject(first, actor=desk.actor, at=NOW, reason="Λάθος επωνυμία.")
    assert whys(desk) == ["παραστατικό του δικαιούχου που να έγινε δεκτό"]
    again = given(desk)
    WorkLine.objects.update(invoice=None)
    with pytest.raises(InvoiceError, match="έχει ήδη δοθεί"):
        given(desk)
    assert (first.refusal, again.state) == ("Λάθος επωνυμία.", "submitted")


def test_what_is_accepted_later_waits_for_its_own_invoice(authority):
    desk = Desk(signed=2)
    Payee.objects.update(tax_status="company")
    desk.payee.refresh_from_db()
    first, second = desk.calculated()
    desk.accepted([first])
    invoices.accept(given(desk, amount="51"), actor=desk.actor, at=NOW)
    desk.accepted([second])
    assert [(each.lines, each.amount) for each in uninvoiced([desk.payee])] == [(1, Decimal(51))]
    assert desk.ordered().payments.get().gross == Decimal(51)


def test_only_the_payee_gives_and_only_the_accounts_judge(desk):
    stranger = people.a_person()
    with pytest.raises(PermissionDenied):
        given(desk, actor=the_actor(stranger))
    invoice = given(desk)
    with pytest.raises(PermissionDenied):
        invoices.accept(invoice, actor=the_actor(desk.trainer), at=NOW)


def test_payee_and_accounts_are_told_and_the_journal_knows(desk):
    told = Notice.objects.filter(person=desk.trainer, title="Παραλαβή του έργου σας").get()
    assert "ανεβάστε το από «Οι πληρωμές μου»" in told.text
    invoice = given(desk)
    assert Notice.objects.filter(person=desk.officer, title="Παραστατικό προς έλεγχο").exists()
    invoices.reject(invoice, actor=desk.actor, at=NOW, reason="Λάθος ποσό.")
    last = Notice.objects.filter(person=desk.trainer).latest("pk")
    assert (last.title, last.text) == (
        "Απορρίφθηκε παραστατικό",
        "Παραστατικό Α 1. Λάθος ποσό. Ανεβάστε το σωστό.",
    )
    acts = JournalEntry.objects.filter(subject="finance.invoice", subject_id=invoice.pk)
    assert list(acts.order_by("pk").values_list("act", flat=True)) == ["Ανέβηκε", "Απορρίφθηκε"]


def test_the_payee_uploads_it_and_the_accounts_accept_it_on_the_screen(desk, as_person):
    mine = as_person(desk.trainer)
    page = mine.get("/my/payments/").content.decode()
    assert "Περιμένουμε το παραστατικό σας" in page
    address = f"/my/payments/{desk.payee.pk}/invoices/{desk.action.pk}/"
    assert address in page

    def sent(amount):
        file = ContentFile(b"%PDF-1.7 dokimi", "timologio.pdf")
        said = {"number": "Α 9", "issued_on": "2023-05-31", "amount": amount, "file": file}
        return mine.post(address, said)

    wrong = sent("12,00")
    assert (wrong.status_code, "ακριβώς γι&#x27; αυτό" in wrong.content.decode()) == (422, True)
    assert sent("102,00").status_code == 302
    assert mine.get(address).status_code == 404
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.issued_on) == ("Α 9", date(2023, 5, 31))
    desk_page = as_person(desk.officer).get(f"/finance/payees/{desk.payee.pk}/").content.decode()
    assert "Αποδοχή: Παραστατικό Α 9" in desk_page
