"""Pages of payments: from the desk to the lines of a paid amount, each for whom it concerns.

Shows: R-075, R-076, R-077.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.finance.models import Committee, Minutes, PaymentOrder, PayTerm, WorkLine
from didaskaleio.kernel import clock, files
from didaskaleio.kernel.models import StoredFile
from tests.factories import people
from tests.factories.payments import NOW, Desk, a_finance_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The clock stands at the day of the orders."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def href(page, text):
    """The address of the first link of the page that leads to ``text``."""
    body = page.content.decode()
    start = body.index(f'href="{text}')
    return body[start + 6 : body.index('"', start + 6)]


def test_from_the_desk_to_the_lines_of_a_paid_amount_in_four_clicks(authority, as_person):
    desk = Desk(signed=1)
    desk.accepted()
    desk.paid()
    browser = as_person(desk.officer)
    page = browser.get("/payments/")
    for step in ("/payments/actions/", "/payments/orders/", "/payments/one/", "/payments/work/"):
        page = browser.get(href(page, step))
        assert page.status_code == 200
    body = page.content.decode()
    for told in (
        "2,00",
        "25,50\N{NO-BREAK SPACE}€, έκδοση 1",
        "51,00\N{NO-BREAK SPACE}€",
        "Παρουσιολόγιο, έκδοση 1",
    ):
        assert told in body


def test_the_calculation_is_shown_and_then_written(as_person):
    desk = Desk(signed=1)
    browser = as_person(desk.officer)
    page = browser.get(f"/payments/actions/{desk.action.pk}/calculation/")
    assert "51,00\N{NO-BREAK SPACE}€" in page.content.decode()
    seen = page.context["plan"].digest
    address = f"/payments/actions/{desk.action.pk}/calculation/write/"
    assert browser.post(address, {"seen": seen}).status_code == 302
    assert WorkLine.objects.get().state == "due"
    page = browser.get(f"/payments/actions/{desk.action.pk}/calculation/")
    assert "Τίποτα νέο" in page.content.decode()


def test_a_term_is_set_by_form_and_a_wrong_one_is_told_beside_it(as_person):
    desk = Desk(signed=0)
    browser = as_person(desk.officer)
    address = f"/payments/actions/{desk.action.pk}/terms/new/"
    given = {"kind": "deduction", "value": "20", "valid_from": "2023-01-01", "reason": "Νόμος"}
    wrong = browser.post(address, given)
    assert wrong.status_code == 422
    assert "πώς λέγεται η κράτηση" in wrong.content.decode()
    assert browser.post(address, given | {"title": "Φόρος"}).status_code == 302
    assert PayTerm.objects.filter(kind="deduction").count() == 1
    page = browser.get(f"/payments/actions/{desk.action.pk}/terms/")
    assert "20,00 %" in page.content.decode()


def test_committee_minutes_and_signatures_by_their_pages(authority, as_person):
    desk = Desk(signed=1)
    desk.calculated()
    staff = [people.a_person(surname=f"Μέλος{n}") for n in range(3)]
    for person in staff:
        people.a_post(person, "body_officer", "body", desk.body)
    browser = as_person(desk.officer)
    given = {
        "title": "Επιτροπή",
        "decision": "Απόφαση 1",
        "quorum": "majority",
        "valid_from": "2023-01-01",
        "valid_until": "2023-12-31",
        "presides": staff[0].pk,
        "members": [person.pk for person in staff[1:]],
    }
    address = f"/payments/actions/{desk.action.pk}/committees/new/"
    assert browser.post(address, given).status_code == 302
    committee = Committee.objects.get()
    page = browser.get(f"/payments/committees/{committee.pk}/")
    assert "1 γραμμή περιμένει" in page.content.decode()
    assert browser.post(f"/payments/committees/{committee.pk}/minutes/", {"all": "1"}).status_code
    minutes = Minutes.objects.get()
    browser.post(f"/steps/minutes/{minutes.pk}/circulate/")
    for person in staff[:2]:
        browser = as_person(person)
        assert "Περιμένει την υπογραφή σας" in browser.get("/payments/minutes/").content.decode()
        page = browser.get(f"/payments/minutes/{minutes.pk}/")
        seen = page.context["minutes"].digest
        browser.post(f"/payments/minutes/{minutes.pk}/sign/", {"seen": seen})
    minutes.refresh_from_db()
    assert minutes.state == "sealed"


def test_an_order_goes_through_two_persons_to_the_bank_and_back(authority, as_person):
    desk = Desk(signed=1)
    desk.accepted()
    account, other = desk.account(), a_finance_officer(desk.body)
    browser = as_person(desk.officer)
    address = f"/payments/actions/{desk.action.pk}/orders/new/"
    assert "51,00" in browser.get(address).content.decode()
    assert (
        browser.post(address, {"account": account.pk, "execution_on": "2023-06-01"}).status_code
        == 302
    )
    order = PaymentOrder.objects.get()
    page = browser.get(f"/payments/orders/{order.pk}/")
    assert "Έγκριση" not in [button.label for button in page.context["steps"]]
    as_person(other).post(f"/steps/payment_order/{order.pk}/approve/")
    browser = as_person(desk.officer)
    browser.post(f"/steps/payment_order/{order.pk}/dispatch/")
    file = StoredFile.objects.get(kind="finance.bank")
    assert b"pain.001.001.09" in files.read(file)
    payment = order.payments.get()
    reason = {"reason": "Κλειστός λογαριασμός"}
    assert browser.post(f"/payments/one/{payment.pk}/returned/", reason).status_code == 302
    payment.refresh_from_db()
    assert payment.state == "returned"


def test_the_payee_sees_stages_payments_and_the_statement_of_the_year(authority, as_person):
    desk = Desk(signed=1)
    desk.accepted()
    desk.paid()
    page = as_person(desk.trainer).get("/my/payments/")
    engagement = page.context["engagements"][0]
    assert [stage.status for stage in engagement.stages] == ["done"] * 5
    pdf = as_person(desk.trainer).get(f"/my/payments/{desk.payee.pk}/2023.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert as_person(desk.trainer).get(f"/my/payments/{desk.payee.pk}/2022.pdf").status_code == 404
    assert as_person(desk.trainer).get(f"/my/payments/{desk.payee.pk}/99999.pdf").status_code == 404


def test_the_stages_of_work_that_waits():
    from didaskaleio.finance.models import Payee
    from didaskaleio.finance.queries.statements import engagements

    desk = Desk(signed=1)
    desk.calculated()
    found = engagements(Payee.objects.filter(pk=desk.payee.pk))[0]
    assert [stage.status for stage in found.stages] == ["done", "done", "now", "next", "next"]


def test_strangers_find_nothing(authority, as_person):
    desk = Desk(signed=1)
    desk.accepted()
    order = desk.paid()
    line, payment = WorkLine.objects.get(), order.payments.get()
    browser = as_person(people.a_person())
    for address in (
        f"/payments/actions/{desk.action.pk}/",
        f"/payments/work/{line.pk}/",
        f"/payments/minutes/{Minutes.objects.get().pk}/",
        f"/payments/orders/{order.pk}/",
        f"/payments/one/{payment.pk}/",
        f"/my/payments/{desk.payee.pk}/2023.pdf",
    ):
        assert browser.get(address).status_code == 404, address


@pytest.mark.parametrize("page", ["work", "minutes", "payment", "mine"])
def test_pages_ask_as_much_for_one_row_as_for_three(authority, as_person, page):
    def asked(count):
        desk = Desk(signed=count)
        desk.accepted()
        order = desk.paid()
        minutes = Minutes.objects.get(committee__action=desk.action)
        address = {
            "work": f"/payments/actions/{desk.action.pk}/work/",
            "minutes": f"/payments/minutes/{minutes.pk}/",
            "payment": f"/payments/one/{order.payments.get().pk}/",
            "mine": "/my/payments/",
        }[page]
        browser = as_person(desk.trainer if page == "mine" else desk.officer)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    assert asked(1) == asked(3)
