"""The pages of the directory: what everybody reads, what officers keep, what a holder does.

Shows: R-013, R-157.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.directory import operations
from didaskaleio.directory.enums import OfficeKind
from didaskaleio.directory.models import Office, Structure, Term
from didaskaleio.structures.models import StructureType
from tests.directory.structures import a_structure, a_term, head_of, of_ministry, regional
from tests.factories import people
from tests.factories.structures import a_body, a_prefecture
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(set_clock, at):
    set_clock(at)


@pytest.fixture
def desk(client, login):
    return login(client, regional())


def told(response):
    return [str(one) for one in response.context["messages"]]


def entry(**changes):
    facts = {
        "type": StructureType.objects.get(code="EKFE").pk,
        "name": "Ε.Κ.Φ.Ε. Δοκιμών",
        "prefecture": a_prefecture().pk,
        "town": "Κοζάνη",
    }
    return facts | changes


def test_a_visitor_finds_who_is_in_charge_and_no_staff_nor_private_address(
    client, structure, head, officer, at
):
    leader = people.a_person(surname="Υπευθυνίδου", email="idiotiko@dokimi.example")
    a_term(head, officer, at, person=leader)
    staff = operations.found(structure, kind=OfficeKind.STAFF, actor=officer, at=at)
    a_term(staff, officer, at, person=people.a_person(surname="Στελεχάκης"))
    found = client.get("/directory/", {"q": "εκφε δοκιμων"}).content.decode()
    page = markup(client.get(f"/directory/{structure.pk}/"))
    assert "Υπευθυνίδου" in found
    assert "Υπευθυνίδου" in page
    assert "1/1/2023 – 31/12/2023" in page
    assert "2461000000" in page
    for hidden in ("Στελεχάκης", "idiotiko@", "Ορισμός διαδόχου", "Ιστορικό"):
        assert hidden not in page


def test_a_search_that_finds_nothing_says_what_to_do(client, structure):
    page = client.get("/directory/", {"q": "ψψψ"}).content.decode()
    assert "Καμία δομή με αυτά τα κριτήρια" in page
    assert "κενή θέση" in client.get("/directory/").content.decode()


def test_a_visitor_is_sent_to_the_login_and_a_stranger_finds_nothing(
    client, login, structure, head, officer, at
):
    made = a_term(head, officer, at)
    addresses = (
        f"/directory/{structure.pk}/edit/",
        f"/directory/offices/{head.pk}/appoint/",
        f"/directory/terms/{made.pk}/",
    )
    for address in addresses:
        assert client.get(address).status_code == 302
    login(client, regional("THS"))
    for address in addresses:
        assert client.get(address).status_code == 404


def test_an_officer_enters_a_structure_appoints_and_names_a_successor(desk):
    missing = desk.post("/directory/new/", entry(name=""))
    assert missing.status_code == 422
    page = desk.post("/directory/new/", entry(), follow=True)
    assert told(page) == ["Η δομή καταχωρίστηκε. Ορίστε τώρα ποιος είναι υπεύθυνος."]
    person, office = people.a_person(username="neos"), Office.objects.get()
    appoint = f"/directory/offices/{office.pk}/appoint/?q=neos"
    facts = {"person": person.pk, "begins_on": "2023-01-18", "ends_on": "2023-06-30"}
    wrong = desk.post(appoint, facts | {"decision": "Φ.1", "ends_on": "2023-01-17"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["ends_on"])
    page = desk.post(appoint, facts | {"decision": "Φ.1/5/2023"}, follow=True)
    assert told(page) == [f"Ορίστηκε: {person}. Ειδοποιείται με μήνυμα."]
    again = desk.get(f"/directory/offices/{office.pk}/appoint/?q=neos")
    assert again.context["form"]["begins_on"].value() == date(2023, 7, 1)
    overlap = desk.post(appoint, facts | {"decision": "Φ.2"})
    assert "έχει οριστεί ήδη πρόσωπο" in overlap.content.decode()


def test_an_officer_of_a_body_is_offered_that_body_alone(client, login):
    login(client, people.officer("itye"))
    form = client.get("/directory/new/").context["form"]
    assert list(form.fields["body"].queryset) == [a_body("itye")]
    other = client.post("/directory/new/", entry(body=a_body("iep").pk))
    assert (other.status_code, list(other.context["form"].errors)) == (422, ["body"])
    client.post("/directory/new/", entry(body=a_body("itye").pk))
    assert Structure.objects.get().body == a_body("itye")


def test_a_regional_officer_is_offered_the_prefectures_of_the_region(desk):
    form = desk.get("/directory/new/").context["form"]
    places = {place.region for place in form.fields["prefecture"].queryset}
    assert places == {a_prefecture().region}


def test_the_later_of_two_edits_is_shown_what_the_other_wrote(desk, structure, officer, at):
    edit = f"/directory/{structure.pk}/edit/"
    seen = desk.get(edit).context["seen"]
    operations.revise(structure, actor=officer, at=at, phone="2461011111")
    page = desk.post(edit, entry(name=structure.name, phone="5", seen=seen))
    assert "Άλλαξε στο μεταξύ" in page.content.decode()
    structure.refresh_from_db()
    assert structure.phone == "2461011111"


def test_offices_are_made_changed_and_abolished_on_their_pages(desk, structure):
    new = f"/directory/{structure.pk}/offices/new/"
    twice = desk.post(new, {"kind": "head", "remind_days": "90"})
    assert (twice.status_code, list(twice.context["form"].errors)) == (422, ["kind"])
    desk.post(new, {"kind": "staff", "title": "Γραμματεία", "remind_days": "60"})
    office = Office.objects.get(kind="staff")
    page = f"/directory/offices/{office.pk}/"
    desk.post(page, {"title": "Γραμματειακή στήριξη", "remind_days": "45"})
    office.refresh_from_db()
    assert (office.words, office.remind_days) == ("Γραμματειακή στήριξη", 45)
    desk.post(f"{page}abolish/", {"reason": "Απόφαση 9/2023"})
    assert desk.get(page).status_code == 404


def test_a_closed_structure_keeps_its_page_and_leaves_the_list(desk, structure):
    desk.post(f"/directory/{structure.pk}/close/", {"reason": "ν. 1/2023"})
    page = desk.get(f"/directory/{structure.pk}/").content.decode()
    assert "Δεν λειτουργεί πια" in page
    assert structure.name not in desk.get("/directory/").content.decode()


def test_a_holder_reads_the_own_term_from_the_profile_and_resigns(client, login, head, officer, at):
    made = a_term(head, officer, at)
    login(client, made.person)
    assert "/directory/terms/" in client.get("/profile/").content.decode()
    assert str(head) in client.get("/directory/terms/").content.decode()
    page = client.get(f"/directory/terms/{made.pk}/").content.decode()
    assert "Παραίτηση" in page
    assert "Λήξη με απόφαση" not in page
    client.post(f"/steps/term/{made.pk}/resign/", {"reason": "Μετάθεση."})
    assert Term.objects.get().ended_by == "resignation"


def test_who_has_no_term_finds_an_empty_page_and_no_way_to_it(client, login):
    login(client, people.a_person())
    assert "Καμία θητεία" in client.get("/directory/terms/").content.decode()
    assert "/directory/terms/" not in client.get("/profile/").content.decode()


def test_the_list_asks_the_same_however_many_structures_it_shows(client, actor_for, at):
    ministry = actor_for(of_ministry())

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/directory/")
        return len(queries)

    a_term(head_of(a_structure(ministry, at)), ministry, at)
    few = asked()
    for _ in range(6):
        a_term(head_of(a_structure(ministry, at)), ministry, at)
    assert asked() == few
