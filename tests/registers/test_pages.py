"""The pages of calls: public ones for everybody, the desk for the officers of the body.

Shows: R-014.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from didaskaleio.courses import profiles
from didaskaleio.people.enums import Role
from didaskaleio.registers import operations
from didaskaleio.registers.models import Call
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, login):
    return login(client, people.officer("itye", Role.BODY_HEAD))


@pytest.fixture(autouse=True)
def now(set_clock, at):
    set_clock(at)


def told(response):
    return [str(one) for one in response.context["messages"]]


def test_an_officer_prepares_and_publishes_a_call_page_by_page(desk, content, at):
    form = content["form"]
    begun = {"title": "Νέα πρόσκληση", "fills": "register", "fills_name": "Μητρώο"}
    page = desk.post("/calls/desk/new/", begun)
    row = Call.objects.get()
    assert page.headers["Location"] == f"/calls/desk/{row.pk}/audience/"
    rules = {"rule": ["0", "1"], "kind-0": "certificate_any_of", "any-0": "B1"}
    desk.post(page.headers["Location"], rules | {"kind-1": "service_years", "least-1": "2"})
    page = desk.get(f"/calls/desk/{row.pk}/")
    assert page.context["gaps"] == [
        "Συμπληρώστε: Κείμενο.",
        "Συμπληρώστε: Σε ποιους απευθύνεται.",
        "Επιλέξτε τη φόρμα της υποψηφιότητας.",
        "Ορίστε την έναρξη και τη λήξη της υποβολής.",
    ]
    whole = begun | {
        "text": "Κείμενο.",
        "audience": "Εκπαιδευτικοί.",
        "form": str(form.pk),
        "opens_at": "2023-01-18T09:00",
        "closes_at": "2023-01-31T23:59",
    }
    desk.post(f"/calls/desk/{row.pk}/write/", whole)
    paper = SimpleUploadedFile("p.pdf", b"%PDF-1.7 dokimi")
    desk.post(f"/calls/desk/{row.pk}/documents/", {"title": "Διακήρυξη", "file": paper})
    desk.post(f"/steps/call/{row.pk}/publish/")
    row.refresh_from_db()
    assert (row.number, row.state) == ("2023/000001", "published")
    assert row.closes_at.isoformat() == "2023-01-31T21:59:59.999999+00:00"
    public = desk.get(f"/calls/{row.pk}/").content.decode()
    assert "συμπληρωμένα έτη" in public
    assert "Διακήρυξη (PDF)" in public
    assert "0,1 μόρια ανά ώρα" in public


def test_wrong_dates_come_back_on_their_field(desk, content):
    values = {"title": "Νέα", "fills": "posts", "fills_name": "Θέσεις"}
    dates = {"opens_at": "2023-02-01T09:00", "closes_at": "2023-01-20T09:00"}
    page = desk.post("/calls/desk/new/", values | dates)
    assert page.status_code == 422
    assert page.context["form"].errors["closes_at"] == [
        "Η λήξη είναι μετά την έναρξη. Διορθώστε τις ημερομηνίες."
    ]
    assert not Call.objects.exists()


def test_the_rules_of_the_audience_are_cards_written_and_read_live(desk, a_draft):
    row = a_draft()
    address = f"/calls/desk/{row.pk}/audience/"
    page = desk.post(address, {"act": "add", "new": "service_years"})
    assert "Συμπληρώστε τον κανόνα" in page.content.decode()
    assert "Οι αλλαγές δεν έχουν αποθηκευτεί ακόμη" in page.content.decode()
    card = {"rule": "0", "kind-0": "service_years", "least-0": "5", "except-0": "ΠΕ86"}
    words = desk.post(f"{address}trial/", card).content.decode()
    assert "5 συμπληρωμένα έτη" in words
    row.refresh_from_db()
    assert row.audience_rules == []
    saved = desk.post(address, card)
    assert saved.headers["Location"] == f"/calls/desk/{row.pk}/"
    row.refresh_from_db()
    assert row.audience_rules == [{"kind": "service_years", "least": 5, "except": ["ΠΕ86"]}]
    assert "ΠΕ86" in desk.get(address).content.decode()


def test_an_unknown_specialty_is_named_and_nothing_is_saved(desk, a_draft):
    row = a_draft()
    for typed, said in (("ΠΕ04, ΠΕ98", "Δεν υπάρχει κλάδος ΠΕ98"), ("μαθηματικοί", "μαθηματικοί")):
        card = {"rule": "0", "kind-0": "specialty_any_of", "codes-0": typed}
        page = desk.post(f"/calls/desk/{row.pk}/audience/", card)
        assert page.status_code == 422
        assert said in page.content.decode()
    row.refresh_from_db()
    assert row.audience_rules == []


@pytest.mark.parametrize(
    "kind", ["specialty_in_cluster", "locality", "cluster_any_of", "will_teach"]
)
def test_a_rule_about_a_programme_or_its_period_is_no_rule_of_a_call(
    desk, a_draft, officer, at, kind
):
    row = a_draft()
    page = desk.get(f"/calls/desk/{row.pk}/audience/").content.decode()
    assert kind in profiles.KINDS
    assert f'value="{kind}"' not in page
    rule = {"kind": kind} | ({"any": ["B2.1"]} if kind == "cluster_any_of" else {})
    with pytest.raises(profiles.ProfileError, match="αφορά πρόγραμμα"):
        operations.write_audience(row, [rule], actor=officer, at=at)


def test_the_later_of_two_saves_shows_what_the_other_wrote(desk, a_draft, client, login):
    row = a_draft()
    seen = desk.get(f"/calls/desk/{row.pk}/write/").context["seen"]
    values = {"title": "Τίτλος", "fills": "register", "fills_name": "Μητρώο"}
    desk.post(f"/calls/desk/{row.pk}/write/", values | {"seen": seen, "text": "Πρώτο κείμενο."})
    page = desk.post(f"/calls/desk/{row.pk}/write/", values | {"seen": seen, "text": "Δεύτερο."})
    assert "Άλλαξε στο μεταξύ" in page.content.decode()
    row.refresh_from_db()
    assert row.text == "Πρώτο κείμενο."


def test_acts_are_announced_from_the_desk_and_stand_on_the_public_page(desk, a_call, at):
    row = a_call()
    until = {"until": "2023-02-10T15:00", "reason": "Αργία."}
    assert told(desk.post(f"/calls/desk/{row.pk}/extend/", until, follow=True)) == [
        "Η παράταση ανακοινώθηκε και όσοι αφορά ειδοποιούνται."
    ]
    change = {"text": row.text, "audience": "Όλοι.", "places": "", "reason": "Διεύρυνση."}
    desk.post(f"/calls/desk/{row.pk}/amend/", change)
    page = desk.get(f"/calls/{row.pk}/")
    assert [act.number for act in page.context["acts"]] == [
        "2023/000003",
        "2023/000002",
        "2023/000001",
    ]
    again = desk.post(f"/calls/desk/{row.pk}/extend/", until)
    assert (again.status_code, "μετά την προθεσμία" in again.content.decode()) == (422, True)


def test_a_visitor_reads_open_calls_and_never_a_draft(client, a_call, a_draft):
    row, draft = a_call(), a_draft(title="Κρυφή")
    page = client.get("/calls/")
    assert [one.pk for one in page.context["page"]] == [row.pk]
    assert "Κρυφή" not in page.content.decode()
    assert client.get(f"/calls/{row.pk}/").status_code == 200
    assert client.get(f"/calls/{draft.pk}/").status_code == 404


def test_an_officer_of_another_body_finds_no_draft_and_no_desk_page(client, login, a_draft, a_call):
    draft, row = a_draft(), a_call()
    stranger = login(client, people.officer("iep", Role.BODY_HEAD))
    assert list(stranger.get("/calls/desk/").context["page"]) == []
    for pk in (draft.pk, row.pk):
        for page in ("", "write/", "audience/", "documents/", "amend/", "extend/"):
            assert stranger.get(f"/calls/desk/{pk}/{page}").status_code == 404
    assert stranger.post(f"/steps/call/{row.pk}/revoke/", {"reason": "Ξ"}).status_code == 404


def test_documents_of_a_draft_open_to_its_officers_alone(client, login, desk, a_draft):
    row = a_draft()
    paper = SimpleUploadedFile("p.pdf", b"%PDF-1.7 dokimi")
    desk.post(f"/calls/desk/{row.pk}/documents/", {"title": "Διακήρυξη", "file": paper})
    file = f"/files/{row.documents.get().file.key}/"
    assert desk.get(file).getvalue() == b"%PDF-1.7 dokimi"
    desk.logout()
    assert desk.get(file).status_code == 404
    Call.objects.filter(pk=row.pk).update(state="published")
    assert desk.get(file).getvalue() == b"%PDF-1.7 dokimi"


def test_a_person_sees_which_rules_hold_and_follows(client, login, a_draft, officer, at):
    from didaskaleio.registers import operations

    row = a_draft()
    rules = [{"kind": "certificate_any_of", "any": ["A"]}]
    operations.write_audience(row, rules, actor=officer, at=at)
    operations.publish(row, actor=officer, at=at)
    browser = login(client, people.a_teacher(certificates=("B1",)))
    page = browser.get(f"/calls/{row.pk}/")
    assert "Χρειάζεται Πιστοποίηση Τ.Π.Ε. Α΄ επιπέδου" in page.content.decode()
    browser.post(f"/calls/{row.pk}/follow/", {"follow": "1"})
    assert browser.get(f"/calls/{row.pk}/").context["following"]
    browser.post(f"/calls/{row.pk}/follow/")
    assert not browser.get(f"/calls/{row.pk}/").context["following"]


def test_the_number_of_queries_does_not_grow_with_the_calls(
    client, a_call, django_assert_max_num_queries
):
    for _ in range(3):
        a_call()
    with django_assert_max_num_queries(8):
        client.get("/calls/")


def test_a_call_that_opens_later_says_when(client, a_call, at):
    row = a_call(opens_at=at + timedelta(days=1))
    assert "Η υποβολή ανοίγει" in client.get(f"/calls/{row.pk}/").content.decode()
