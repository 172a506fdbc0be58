"""From a paid amount to the signed version that it was counted from, and to every unit of an order.

Shows: R-075, R-077.
"""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.delivery.models import AttendanceSheet
from didaskaleio.finance.models import PaymentOrder, WorkLine
from didaskaleio.kernel import clock
from tests.factories import people
from tests.factories.payments import NOW, Desk
from tests.sheets import cells_of

pytestmark = pytest.mark.django_db
CLICKS = 4


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The clock stands at the day of the orders."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def paid(authority):
    """A trainer of two signed sessions, paid, one of whose sheets was corrected afterwards."""
    desk = Desk(signed=2)
    desk.accepted()
    desk.paid()
    desk.corrected(0, mark="late", late=40)
    desk.calculated()
    return desk


def links(page):
    """The addresses of the page's content, menus and crumbs left out."""
    body = page.content.decode().partition("<h1>")[2]
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]+)"', body)]


def is_page(answer):
    return answer["Content-Type"].startswith("text/html")


def clicked(browser, start, wanted):
    """How many clicks lead from ``start`` to a page that shows all of ``wanted``."""
    level, seen = [start], {start}
    for clicks in range(CLICKS + 1):
        pages = [page for address in level if is_page(page := browser.get(address))]
        if any(all(told in page.content.decode() for told in wanted) for page in pages):
            return clicks
        level = list(
            dict.fromkeys(
                link
                for page in pages
                for link in links(page)
                if link not in seen and link.startswith(("/payments/", "/my/payments/"))
            )
        )
        seen.update(level)
    return None


def test_a_paid_amount_leads_to_its_signed_sheet_in_at_most_four_clicks(client, paid):
    line = (
        "Διδακτική ώρα",
        "2,00",
        "25,50\N{NO-BREAK SPACE}€, έκδοση 1",
        "Παρουσιολόγιο, έκδοση 1",
    )
    sheet = ("Υπογεγραμμένες εκδόσεις", "Από αυτή μετρήθηκε", "Αποτύπωμα")
    desk = f"/payments/actions/{paid.action.pk}/"
    for person, start in ((paid.trainer, "/my/payments/"), (paid.officer, desk)):
        client.force_login(person)
        assert clicked(client, start, line) <= CLICKS - 1
        assert clicked(client, start, sheet) <= CLICKS


def test_a_source_shows_every_signed_version_and_only_the_payees_own_mark(client, paid):
    client.force_login(paid.officer)
    line = WorkLine.objects.filter(source="sheet", adjusts=None).order_by("worked_on")[0]
    page = client.get(f"/payments/work/{line.pk}/source/")
    origin = page.context["origin"]
    told = [(each.number, each.reason, each.counted) for each in origin.versions]
    assert told == [(2, "Λάθος σημείωση", False), (1, "", True)]
    assert dict(origin.facts)["Σημείωση"] == "Παρουσία"
    rows = AttendanceSheet.objects.get(session=line.source_id, version=1).rows
    trainees = [row["name"] for row in rows if row["attendee"] == "trainee"]
    assert trainees
    assert not [name for name in trainees if name in page.content.decode()]
    later = WorkLine.objects.get(source="sheet", adjusts=line)
    origin = client.get(f"/payments/work/{later.pk}/source/").context["origin"]
    assert [each.counted for each in origin.versions] == [True, False]
    assert dict(origin.facts)["Σημείωση"].startswith("Καθυστέρηση")
    client.force_login(people.a_person())
    assert client.get(f"/payments/work/{line.pk}/source/").status_code == 404


def sheet_of(client, order):
    answer = client.get(f"/reports/finance.order_lines/export.xlsx?of={order}")
    return cells_of(BytesIO(b"".join(answer.streaming_content)))


def test_the_sheet_of_an_order_has_every_line_down_to_the_unit(client, paid):
    client.force_login(paid.officer)
    order = PaymentOrder.objects.get()
    rows = sheet_of(client, order.pk)
    head = next(row for row in rows if "Μονάδα" in row)
    lines = [dict(zip(head, row, strict=False)) for row in rows if row[0] == order.number]
    told = [
        (x["Μονάδα"], x["Ποσότητα"], x["Αποζημίωση"], x["Έκδοση αποζημίωσης"], x["Έκδοση πηγής"])
        for x in lines
    ]
    assert told == [("Διδακτική ώρα", 2, 25.5, 1, 1)] * 2
    payment = order.payments.get()
    assert sum(x["Καθαρό μερίδιο"] for x in lines) == pytest.approx(float(payment.net))
    assert sum(x["Μικτό"] for x in lines) == pytest.approx(float(payment.gross))
    for unknown in ("99999999", "χ", "9" * 30):
        assert not [row for row in sheet_of(client, unknown) if row[0] == order.number]


def test_contracts_are_counted_payee_by_payee(client):
    desk = Desk(signed=0)
    client.force_login(desk.officer)
    rows = client.get("/reports/finance.contract_states/").context["lines"]
    assert [[cell for _, cell in row][:3] for row in rows] == [
        [str(desk.payee), "Επιβεβαιώθηκε", "0"]
    ]
    shown = {column.name: cell for column, cell in rows[0]}
    assert (shown["in_force"], shown["signing"], shown["gone"]) == ("1", "0", "0")


def test_a_source_asks_as_much_for_one_version_as_for_three(client):
    def asked(corrections):
        desk = Desk(signed=1)
        desk.calculated()
        for late in range(corrections):
            desk.corrected(0, mark="late", late=10 + late)
        client.force_login(desk.officer)
        address = f"/payments/work/{WorkLine.objects.latest('pk').pk}/source/"
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    assert asked(0) == asked(2)
