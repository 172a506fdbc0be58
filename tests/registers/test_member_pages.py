"""The pages of registers: the public list, the officer's members, one's own fields, the review.

Shows: R-010, R-022.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from didaskaleio.kernel.forms import operations as forms
from didaskaleio.people.enums import Role
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.models import ChangeProposal, Membership, Register
from tests.factories import people
from tests.registers.registers import VALUES, a_fields_form

pytestmark = pytest.mark.django_db
WHOLE = {"whole": "1", "a-phone": "2310", "a-hours": "100", "a-days": ["tuesday"], "a-level": "b2"}


@pytest.fixture
def desk(client, login):
    return login(client, people.officer("itye", Role.BODY_HEAD))


@pytest.fixture(autouse=True)
def now(set_clock, at):
    set_clock(at)


def told(response):
    return [str(one) for one in response.context["messages"]]


def test_an_officer_defines_a_register_and_enters_a_member_page_by_page(desk, at):
    form = a_fields_form("itye", at)
    content = {"title": "Επιμορφωτές Β2", "code": "b2", "months": "24", "remind_days": "30"}
    missing = desk.post("/registers/new/", content)
    assert missing.status_code == 422
    assert "Επιλέξτε τη φόρμα" in missing.content.decode()
    page = desk.post("/registers/new/", content | {"form": str(form.pk)})
    row = Register.objects.get()
    assert page.headers["Location"] == f"/registers/{row.pk}/procedures/"
    ways = {f"way-{key}": "free" for key in ("phone", "hours", "days", "level", "code")}
    desk.post(page.headers["Location"], ways | {"way-hours": "proof"})
    row.refresh_from_db()
    assert (row.procedures["hours"], row.procedures["phone"]) == ("proof", "free")
    person = people.a_person(username="neos")
    enter = f"/registers/{row.pk}/enter/?q=neos"
    assert desk.get(enter).context["found"] == 1
    page = desk.post(enter, {"person": str(person.pk)}, follow=True)
    assert told(page) == ["Εντάχθηκε με αριθμό 2023/000001 και ειδοποιείται."]
    again = desk.post(enter, {"person": str(person.pk)})
    assert (again.status_code, "ήδη μέλος" in again.content.decode()) == (422, True)


def test_a_register_keeps_its_version_of_the_form_or_takes_the_next(desk, a_register, at, officer):
    row = a_register()
    head = actor_of(people.officer("itye", Role.BODY_HEAD), at=at)
    following = forms.new_version(row.form.form, actor=officer, at=at)
    forms.publish(following, actor=head, at=at)
    edit = f"/registers/{row.pk}/edit/"
    content = {"title": "Νέος τίτλος", "months": "12", "remind_days": "0"}
    desk.post(edit, content | {"form": str(row.form_id)})
    again = Register.objects.get()
    assert (again.title, again.form_id, again.code) == ("Νέος τίτλος", row.form_id, row.code)
    desk.post(edit, content | {"form": str(following.pk)})
    assert Register.objects.get().form_id == following.pk


def test_a_visitor_reads_the_list_and_no_member(client, a_register, a_member):
    row = a_register(title="Μητρώο δοκιμών")
    member = a_member(row)
    page = client.get("/registers/").content.decode()
    assert "Μητρώο δοκιμών" in page
    assert str(member.person) not in page
    for address in (f"/registers/{row.pk}/", f"/registers/members/{member.pk}/"):
        assert client.get(address).status_code == 302


def test_another_body_finds_no_page(client, login, a_member, a_register):
    member = a_member()
    stranger = login(client, people.officer("iep", Role.BODY_HEAD))
    register = f"/registers/{member.register_id}/"
    for page in ("", "edit/", "procedures/", "enter/"):
        assert stranger.get(register + page).status_code == 404
    for page in ("", "update/"):
        assert stranger.get(f"/registers/members/{member.pk}/{page}").status_code == 404
    assert (
        stranger.post(f"/steps/membership/{member.pk}/suspend/", {"reason": "Ξ"}).status_code == 404
    )


def test_a_member_proposes_and_the_officer_decides_beside_the_difference(
    client, login, a_member, set_clock, at
):
    member = a_member()
    browser = login(client, member.person)
    page = browser.get("/registers/")
    assert [row.pk for row in page.context["mine"]] == [member.pk]
    update = f"/registers/members/{member.pk}/update/"
    wrong = browser.post(update, WHOLE | {"a-hours": "πολλές"})
    assert (wrong.status_code, "γράψτε αριθμό" in wrong.content.decode()) == (422, True)
    lacking = browser.post(update, WHOLE | {"a-hours": "150"})
    assert "«Ώρες»: επισυνάψτε το δικαιολογητικό." in lacking.content.decode()
    proof = SimpleUploadedFile("p.pdf", b"%PDF-1.7 dokimi")
    given = WHOLE | {"a-hours": "150", "a-days": ["friday"], "note": "Νέα.", "proof": proof}
    said = told(browser.post(update, given, follow=True))
    assert said == ["Όσα αλλάζουν ελεύθερα άλλαξαν. Τα υπόλοιπα περιμένουν έγκριση."]
    asked = ChangeProposal.objects.get()
    officer = login(client, people.officer("itye", Role.BODY_HEAD))
    page = officer.get(f"/registers/proposals/{asked.pk}/")
    assert [(d.label, d.before, d.after) for d in page.context["changes"]] == [
        ("Ημέρες", "Τρίτη", "Παρασκευή")
    ]
    assert officer.get(f"/files/{asked.proof.key}/").getvalue() == b"%PDF-1.7 dokimi"
    assert [button.name for button in page.context["steps"]] == ["accept", "decline"]
    officer.post(f"/steps/change_proposal/{asked.pk}/accept/")
    member.refresh_from_db()
    assert member.values == VALUES | {"hours": "150", "days": ["friday"]}
    page = officer.get(f"/registers/proposals/{asked.pk}/")
    assert [(d.before, d.after) for d in page.context["changes"]] == [("Τρίτη", "Παρασκευή")]
    shown = officer.get(f"/registers/members/{member.pk}/").context["changes"]
    assert [(row.label, row.before, row.after) for row in shown] == [
        ("Ημέρες", "Τρίτη", "Παρασκευή"),
        ("Ώρες", "100 ώρες", "150 ώρες"),
    ]


def test_a_field_of_the_body_is_shown_to_the_member_and_cannot_be_written(client, login, a_member):
    member = a_member(code="X1")
    update = f"/registers/members/{member.pk}/update/"
    browser = login(client, member.person)
    form = browser.get(update).context["bound"]
    assert [name for name, field in form.fields.items() if field.disabled] == ["a-code"]
    assert form["a-code"].value() == "X1"
    browser.post(update, WHOLE | {"a-phone": "1", "a-code": "X2"})
    member.refresh_from_db()
    assert member.values == VALUES | {"phone": "1", "code": "X1"}
    officer = login(client, people.officer("itye"))
    officer.post(update, WHOLE | {"a-phone": "1", "a-code": "X2", "note": "Απόφαση."})
    member.refresh_from_db()
    assert member.values["code"] == "X2"


def test_the_proof_opens_to_nobody_else(client, login, a_member, actor_for, at):
    member = a_member()
    proof = SimpleUploadedFile("p.pdf", b"%PDF-1.7 dokimi")
    by = {"actor": actor_for(member.person), "at": at}
    operations.update(member, {"hours": "150"}, **by, proof=proof)
    file = f"/files/{member.changes.get().proof.key}/"
    assert login(client, people.officer("iep")).get(file).status_code == 404
    assert login(client, people.a_person()).get(file).status_code == 404
    assert login(client, member.person).get(file).getvalue() == b"%PDF-1.7 dokimi"


def test_members_are_searched_by_name_state_and_rules(desk, a_register, a_member):
    row = a_register()
    few = a_member(row, people.a_person(surname="Ωμέγας"), hours="60")
    many = a_member(row, people.a_person(surname="Άλφας"), hours="150")
    page = f"/registers/{row.pk}/"

    def who(**asked):
        return list(desk.get(page, asked).context["page"])

    assert who() == [many, few]
    assert who(q="ωμεγ") == [few]
    assert who(q=many.number) == [many]
    assert who(state="suspended") == []
    assert who(test="hours|at_least|", value="100") == [many]
    assert who(test=["hours|at_least|", "days|is|tuesday"], value=["50,5", ""]) == [many, few]
    wrong = desk.get(page, {"test": "hours|at_least|", "value": "πολλές"})
    assert "Γράψτε αριθμό" in wrong.content.decode()
    assert who(test="nothing|is|x", value="1") == [many, few]


def test_the_later_of_two_updates_sees_that_it_is_late(client, login, a_member):
    member = a_member()
    browser = login(client, member.person)
    update = f"/registers/members/{member.pk}/update/"
    seen = {"seen": browser.get(update).context["seen"]}
    browser.post(update, WHOLE | seen | {"a-phone": "1"})
    late = browser.post(update, WHOLE | seen | {"a-phone": "2"})
    assert "Άλλαξε στο μεταξύ" in late.content.decode()
    assert Membership.objects.get().values["phone"] == "1"


def test_the_number_of_queries_does_not_grow_with_the_members(
    desk, a_register, a_member, django_assert_max_num_queries
):
    row = a_register()
    for _ in range(4):
        a_member(row)
    with django_assert_max_num_queries(16):
        desk.get(f"/registers/{row.pk}/")
    with django_assert_max_num_queries(12):
        desk.get("/registers/")
