"""Pages of finance: the payee's own, the desk's lists and checks, contracts and templates.

Shows: R-071, R-072, R-074, R-076
"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.finance import queries
from didaskaleio.finance.models import Contract, ContractTemplate, Paper
from didaskaleio.kernel import agenda
from tests.factories import finance, people, programmes, structures

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return finance.a_desk()


@pytest.fixture
def browser_of(client, login, set_clock, at):
    set_clock(at)
    return lambda person: login(client, person)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def page(client, name, *args, **given):
    answer = client.get(reverse(f"finance:{name}", args=args), given)
    assert answer.status_code == 200
    return answer.content.decode()


def a_person(number):
    return people.a_person(surname=f"Πληρωτέα{number}", given_name="Ευδοκία")


# The payee ----------------------------------------------------------------------------------------


def test_a_payee_fills_in_two_steps_and_submits(browser_of):
    payee = finance.a_payee(state="draft", iban="", tax_office="")
    client = browser_of(payee.person)
    assert "Λείπουν στοιχεία" in page(client, "mine-payee", payee.pk)
    address = reverse("finance:mine-write", args=[payee.pk])
    given = finance.facts(afm=payee.afm)
    first = client.post(address, given)
    assert first.headers["Location"] == f"{address}?step=2"
    last = client.post(f"{address}?step=2", {"iban": given["iban"]})
    assert last.headers["Location"] == reverse("finance:mine-payee", args=[payee.pk])
    client.post(reverse("kernel:step", args=["payee", payee.pk, "submit"]))
    payee.refresh_from_db()
    assert (payee.state, payee.iban) == ("submitted", given["iban"])


def test_a_wrong_iban_comes_back_at_its_field(browser_of):
    payee = finance.a_payee(state="draft")
    client = browser_of(payee.person)
    address = reverse("finance:mine-write", args=[payee.pk])
    answer = client.post(f"{address}?step=2", {"iban": "GR12"})
    assert answer.status_code == 422
    assert "27 χαρακτήρες" in answer.content.decode()


def test_a_second_window_does_not_overwrite_the_first(browser_of):
    payee = finance.a_payee(state="draft")
    client = browser_of(payee.person)
    address = reverse("finance:mine-write", args=[payee.pk])
    client.post(f"{address}?step=2", {"iban": "", "seen": "0"})
    answer = client.post(f"{address}?step=2", {"iban": payee.iban, "seen": "0"})
    assert "Άλλαξε στο μεταξύ" in answer.content.decode()


def test_a_payee_gives_a_document_that_the_desk_judges(browser_of, officer):
    contract = finance.a_contract(requires=["declaration"])
    client = browser_of(contract.payee.person)
    assert "Λείπει" in page(client, "mine-payee", contract.payee.pk)
    address = reverse("finance:give", args=[contract.payee.pk])
    file = SimpleUploadedFile("δήλωση.pdf", finance.PDF)
    assert client.post(address, {"kind": "declaration", "file": file}).status_code == 302
    paper = Paper.objects.get()
    client = browser_of(officer)
    assert "Υπεύθυνη δήλωση" in page(client, "payee", contract.payee.pk)
    client.post(reverse("kernel:step", args=["paper", paper.pk, "accept"]))
    paper.refresh_from_db()
    assert paper.state == "accepted"


def test_a_permit_without_its_last_day_is_asked_for_it(browser_of):
    payee = finance.a_payee()
    client = browser_of(payee.person)
    file = SimpleUploadedFile("άδεια.pdf", finance.PDF)
    address = reverse("finance:give", args=[payee.pk])
    answer = client.post(address, {"kind": "permit", "file": file})
    assert answer.status_code == 422
    assert "έως πότε ισχύει" in answer.content.decode()


def test_strangers_and_other_bodies_find_nothing(browser_of):
    contract = finance.a_contract()
    addresses = [
        reverse("finance:mine-payee", args=[contract.payee.pk]),
        reverse("finance:payee", args=[contract.payee.pk]),
        reverse("finance:contract", args=[contract.pk]),
        reverse("finance:template", args=[contract.template.pk]),
    ]
    for person in (people.a_person(), finance.a_desk("iep"), people.officer()):
        client = browser_of(person)
        assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_empty_pages_say_what_comes(browser_of):
    client = browser_of(people.a_person())
    assert "Κανένας φάκελος" in page(client, "mine")
    assert "Καμία σύμβαση" in page(client, "my-contracts")


# The desk -----------------------------------------------------------------------------------------


def test_the_desk_finds_contracts_by_state_kind_period_and_name(browser_of, officer):
    programme = programmes.a_programme("running")
    contract = finance.a_contract(programme=programme)
    finance.a_contract(finance.a_payee(a_person("Β")))
    client = browser_of(officer)
    period = programme.period_id
    found = page(
        client, "contracts", q="πληρωτεα ευδ", state="draft", kind="trainer", period=period
    )
    assert "1 σύμβαση" in found
    assert str(contract.payee) in found
    assert "Καμία σύμβαση με αυτά" in page(client, "contracts", kind="marker")
    assert "2 συμβάσεις" in page(client, "contracts", state="ανύπαρκτη", period="x")


def test_a_programme_draws_up_what_is_missing(browser_of, officer):
    programme = programmes.a_programme("running")
    for kind in ("trainer", "centre", "staff"):
        finance.a_template(kind)
    client = browser_of(officer)
    assert "Κατάρτιση όσων λείπουν (3)" in page(client, "programme", programme.pk)
    client.post(reverse("finance:programme", args=[programme.pk]))
    assert Contract.objects.count() == 3
    assert "Δεν καταρτίστηκε" not in page(client, "programme", programme.pk)


def test_a_period_begins_a_job(browser_of, officer):
    programme = programmes.a_programme("running")
    finance.a_template()
    client = browser_of(officer)
    assert "Επιμορφωτή/τριας: 1 σύμβαση" in page(client, "period", programme.period_id)
    address = reverse("finance:period", args=[programme.period_id])
    answer = client.post(address, {"kinds": ["trainer"]})
    assert "/work/" in answer.headers["Location"]
    refused = client.post(address, {"kinds": ["staff"]})
    assert refused.status_code == 422


def test_a_contract_with_a_person_whom_the_officer_searched(browser_of, officer):
    action = programmes.an_action(body=structures.a_body())
    finance.a_template("author")
    person = people.a_person(surname="Συγγραφέας")
    client = browser_of(officer)
    address = f"{reverse('finance:new', args=[action.pk])}?q={person.username}"
    given = {
        "person": person.pk,
        "kind": "author",
        "duties": "Συγγραφή δύο ενοτήτων",
        "ceiling": "1.500,00",
        "starts_on": "2023-02-01",
        "ends_on": "2023-05-31",
    }
    assert client.post(address, given).status_code == 302
    made = Contract.objects.get()
    assert (str(made.payee), str(made.ceiling), made.last_day) == (
        "Συγγραφέας Δοκιμαστικός",
        "1500.00",
        date(2023, 5, 31),
    )
    again = client.post(address, given)
    assert "Υπάρχει ήδη σύμβαση" in again.content.decode()


def test_terms_are_written_before_the_issue(browser_of, officer):
    contract = finance.a_contract()
    client = browser_of(officer)
    address = reverse("finance:terms", args=[contract.pk])
    given = {"duties": "Διδασκαλία", "hours": "30", "starts_on": "2023-03-06"}
    assert client.post(address, given | {"ends_on": "2023-01-01"}).status_code == 422
    assert client.post(address, given | {"ends_on": "2023-05-31"}).status_code == 302
    assert "30" in page(client, "contract", contract.pk)
    pdf = client.get(reverse("finance:specimen", args=[contract.pk]))
    assert pdf.content.startswith(b"%PDF")


def test_a_template_is_written_shown_as_an_example_and_published(browser_of, officer):
    client = browser_of(officer)
    body = structures.a_body()
    client.post(reverse("finance:templates"), {"body": body.pk, "kind": "author"})
    made = ContractTemplate.objects.get()
    address = reverse("finance:template-write", args=[made.pk])
    given = {"title": "Σύμβαση", "requires": ["identity"], "signs": "seal"}
    client.post(address, given | {"text": "Ο {άλλος}."})
    assert "Άγνωστη θέση συμπλήρωσης" in page(client, "template", made.pk)
    client.post(address, given | {"text": finance.TEXT})
    example = client.get(reverse("finance:template-example", args=[made.pk]))
    assert example.content.startswith(b"%PDF")
    client.post(reverse("kernel:step", args=["contract_template", made.pk, "publish"]))
    made.refresh_from_db()
    assert (made.state, made.requires) == ("published", ["identity"])


def test_what_is_to_be_done_stands_on_the_home_of_each(officer, at, actor_for):
    contract = finance.a_contract(finance.a_payee(state="draft"), requires=["declaration"])
    own = agenda.todos_of(actor_for(contract.payee.person), at)
    assert {todo.title for todo in own} >= {
        "Συμπλήρωση στοιχείων πληρωμής",
        "Δικαιολογητικά πληρωμής",
    }
    finance.a_paper(contract.payee, accepted=False)
    desk = agenda.todos_of(actor_for(officer), at)
    assert {todo.title for todo in desk} == {"Έλεγχος δικαιολογητικού", "Συμβάσεις σε προετοιμασία"}


# The same number of queries for one row and for three ---------------------------------------------


@pytest.mark.parametrize("name", ["contracts", "payees", "templates", "periods"])
def test_lists_of_the_desk_ask_as_much_for_three_rows(name, browser_of, officer):
    client = browser_of(officer)
    first = programmes.a_programme("running")
    finance.a_contract(finance.a_payee(a_person(1)), programme=first)
    address = reverse(f"finance:{name}")
    queries_of(client, address)
    once = queries_of(client, address)
    for number in (2, 3):
        finance.a_contract(
            finance.a_payee(a_person(number)), programme=programmes.a_programme("running")
        )
    for kind in ("author", "staff"):
        finance.a_template(kind)
    assert queries_of(client, address) == once


def test_ones_own_lists_ask_as_much_for_three_rows(browser_of):
    person = a_person(1)
    client = browser_of(person)
    finance.a_contract(finance.a_payee(person))
    addresses = [reverse("finance:mine"), reverse("finance:my-contracts")]
    for address in addresses:
        queries_of(client, address)
    once = [queries_of(client, address) for address in addresses]
    for code in ("iep", "minedu"):
        body = structures.a_body(code)
        finance.a_contract(finance.a_payee(person, body=body))
    assert [queries_of(client, address) for address in addresses] == once


def test_a_programme_asks_as_much_for_three_contracts(browser_of, officer):
    programme = programmes.a_programme("running")
    for kind in ("trainer", "centre", "staff"):
        finance.a_template(kind)
    client = browser_of(officer)
    address = reverse("finance:programme", args=[programme.pk])
    queries_of(client, address)
    none = queries_of(client, address)
    client.post(address)
    queries_of(client, address)
    assert queries_of(client, address) == none
    assert len(queries.works(queries.programmes())) == 3
