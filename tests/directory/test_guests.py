"""Time-limited posts of people outside the teacher record: one host, an end, rights that end too.

Shows: R-189.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from didaskaleio.directory import operations
from didaskaleio.directory.errors import EngagementRefusedError
from didaskaleio.directory.models import Engagement
from didaskaleio.kernel import access, lifecycle
from didaskaleio.kernel.agenda import dates_of
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.errors import BeyondScopeError
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from tests.directory.structures import regional
from tests.factories import people
from tests.factories.structures import a_body, a_centre
from tests.hostile_files import EVERYWHERE, VALID_PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def body_officer(actor_for):
    return actor_for(people.officer("itye"))


@pytest.fixture
def engage(body_officer, at):
    """``engage(**changes)``: a student in practice at a centre of «itye», for three months."""

    def make(**changes):
        facts = {
            "kind": "student",
            "duties": "Υποστήριξη εργαστηρίων",
            "agreement": "Σύμφωνο 4/2023",
            "begins_on": at.date(),
            "ends_on": date(2023, 4, 30),
            "actor": body_officer,
            "at": at,
        }
        host = {"structure", "centre", "body"} & set(changes)
        facts |= {} if host else {"centre": a_centre()}
        return operations.engage(
            changes.pop("person", None) or people.a_person(), **facts | changes
        )

    return make


def held(person, at):
    return {(post.role, post.scope) for post in actor_of(person, at=at).posts}


def test_the_right_begins_and_ends_with_the_post(engage, at):
    made = engage(right=True, begins_on=date(2023, 2, 1))
    person = made.person
    assert held(person, at) == set()
    assert held(person, made.begins_at) == {("centre_staff", "centre")}
    assert held(person, made.ends_at - timedelta(seconds=1)) == {("centre_staff", "centre")}
    assert held(person, made.ends_at) == set()
    assert (made.first_day, made.last_day) == (date(2023, 2, 1), date(2023, 4, 30))


def test_a_post_that_is_stopped_takes_its_right_with_it(engage, body_officer, at):
    made = engage(right=True)
    later = at + timedelta(days=3)
    operations.stop(made, actor=body_officer, at=later, reason="Το ζήτησε.")
    assert (made.state, made.ends_at) == ("stopped", later)
    assert held(made.person, later) == set()
    titles = Notice.objects.filter(person_id=made.person_id).values_list("title", flat=True)
    assert f"Διακόπηκε η θέση σας: {made.centre}" in titles


def test_before_the_end_person_and_officers_are_told_and_the_clock_ends_it(
    engage, body_officer, at
):
    made = engage(remind_days=10)
    lifecycle.fire_due(made.remind_at)
    told = dict(Notice.objects.exclude(title__startswith="Έχετε").values_list("person_id", "title"))
    assert told == {
        made.person_id: f"Λήγει η θέση σας: {made.centre}",
        body_officer.user_id: f"Θέση ορισμένου χρόνου που λήγει: {made.centre}",
    }
    lifecycle.fire_due(made.ends_at)
    made.refresh_from_db()
    assert made.state == "ended"


def test_a_second_agreement_may_follow_the_first(engage):
    first = engage(right=True)
    days = {"begins_on": date(2023, 5, 1), "ends_on": date(2023, 6, 30)}
    again = engage(person=first.person, centre=first.centre, right=True, **days)
    assert held(first.person, again.begins_at) == {("centre_staff", "centre")}
    assert held(first.person, again.ends_at) == set()


def test_a_teacher_has_no_time_limited_post(engage):
    with pytest.raises(EngagementRefusedError, match="μητρώο εκπαιδευτικών"):
        engage(person=people.a_teacher())


def test_a_structure_hosts_without_a_right(engage, structure, officer):
    made = engage(structure=structure, actor=officer)
    assert made.post is None
    with pytest.raises(EngagementRefusedError, match="Αποθηκεύστε χωρίς ρόλο"):
        engage(structure=structure, actor=officer, right=True)


def test_a_right_that_the_officer_may_not_grant_is_refused_with_the_post(engage):
    with pytest.raises(BeyondScopeError):
        engage(body=a_body("itye"), right=True)
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": date(2023, 1, 1)}, "πριν από την έναρξη"),
        ({"begins_on": date(2022, 1, 1), "ends_on": date(2022, 2, 1)}, "ήδη λήξει"),
        ({"body": "iep"}, "δεν είναι στη δική σας ευθύνη"),
        ({"body": "itye", "centre": True}, "Επιλέξτε έναν φορέα υποδοχής"),
    ],
)
def test_a_post_that_does_not_stand_is_refused(engage, changes, says):
    if "body" in changes:
        changes = changes | {"body": a_body(changes["body"])}
    if "centre" in changes:
        changes = changes | {"centre": a_centre()}
    with pytest.raises(EngagementRefusedError, match=says):
        engage(**changes)


def test_the_database_wants_one_host(engage):
    made = engage()
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=made.pk).update(body=a_body())


def test_the_agreement_is_a_pdf_that_person_and_host_open_and_nobody_else(
    engage, actor_for, body_officer
):
    paper = io.BytesIO(b"%PDF-1.7 dokimi")
    paper.name = "symfonitiko.pdf"
    made = engage(upload=paper)
    assert made.file.name == "symfonitiko.pdf"
    for who in (body_officer, actor_for(made.person)):
        assert access.allowed(who, "engagement.page", made)
    for who in (actor_for(people.officer("iep")), actor_for(people.a_person())):
        assert not access.allowed(who, "engagement.page", made)
        assert not access.visible(who, "engagement.page", Engagement.objects.all()).exists()
    other = io.BytesIO(b"text")
    other.name = "symfonitiko.pdf"
    with pytest.raises(FileRefusedError):
        engage(upload=other)


def test_a_stranger_stops_nothing(engage, actor_for, at):
    made = engage()
    for who in (actor_for(people.officer("iep")), actor_for(made.person)):
        with pytest.raises(PermissionDenied):
            operations.stop(made, actor=who, at=at, reason="Όχι.")


def test_the_end_is_in_the_persons_calendar(engage, actor_for, at):
    made = engage()
    (found,) = dates_of(actor_for(made.person), at)
    assert found.title == f"Λήγει η θέση: {made.centre}"


# The pages --------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, login, set_clock, at):
    set_clock(at)
    return login(client, people.officer("itye"))


def test_an_officer_invites_a_guest_and_gives_the_post(desk):
    centre = a_centre()
    nobody = desk.get("/directory/engagements/new/?q=asker").content.decode()
    assert "/directory/engagements/guest/" in nobody
    guest = {
        "surname": "Ασκουμενίδης",
        "given_name": "Εικονικός",
        "email": "askoumenos@dokimi.example",
        "username": "askoumenos",
    }
    page = desk.post("/directory/engagements/guest/", guest)
    new = "/directory/engagements/new/?q=askoumenos"
    assert page.headers["Location"] == new
    person = Person.objects.get(username="askoumenos")
    facts = {
        "person": person.pk,
        "kind": "student",
        "host": f"centre:{centre.pk}",
        "duties": "Υποστήριξη",
        "begins_on": "2023-01-18",
        "agreement": "4/2023",
        "remind_days": "30",
        "right": "on",
    }
    endless = desk.post(new, facts)
    assert (endless.status_code, list(endless.context["form"].errors)) == (422, ["ends_on"])
    page = desk.post(new, facts | {"ends_on": "2023-04-30"}, follow=True)
    made = Engagement.objects.get()
    assert "Προσωπικό Κ.Σ.Ε., έως" in page.content.decode()
    assert str(person) in desk.get("/directory/engagements/").content.decode()
    desk.post(f"/steps/engagement/{made.pk}/stop/", {"reason": "Το ζήτησε."})
    assert str(person) not in desk.get("/directory/engagements/").content.decode()
    assert str(person) in desk.get("/directory/engagements/?state=stopped").content.decode()


def test_no_file_that_is_empty_broken_swollen_or_a_program_is_taken_as_an_agreement(desk):
    centre, person = a_centre(), people.a_person(username="xenos")
    facts = {
        "person": person.pk,
        "kind": "volunteer",
        "host": f"centre:{centre.pk}",
        "duties": "Υποστήριξη",
        "begins_on": "2023-01-18",
        "ends_on": "2023-04-30",
        "agreement": "4/2023",
        "remind_days": "30",
    }
    for name, content in EVERYWHERE.items():
        bad = facts | {"upload": ContentFile(content, name)}
        page = desk.post("/directory/engagements/new/?q=xenos", bad)
        assert (name, page.status_code) == (name, 422)
    assert not Engagement.objects.exists()
    good = facts | {"upload": ContentFile(VALID_PDF, "symfonitiko.pdf")}
    desk.post("/directory/engagements/new/?q=xenos", good)
    assert Engagement.objects.get().file.name == "symfonitiko.pdf"


def test_a_second_account_with_the_same_mail_is_refused(desk):
    people.a_person(email="idio@dokimi.example")
    facts = {"surname": "Α", "given_name": "Β", "username": "allos", "email": "idio@dokimi.example"}
    page = desk.post("/directory/engagements/guest/", facts)
    assert (page.status_code, "Υπάρχει ήδη λογαριασμός" in page.content.decode()) == (422, True)


def test_the_person_reads_the_own_post_and_a_stranger_does_not(
    client, login, set_clock, at, engage
):
    set_clock(at)
    made = engage(right=True)
    login(client, made.person)
    assert str(made.centre) in client.get("/directory/terms/").content.decode()
    assert "/directory/terms/" in client.get("/profile/").content.decode()
    assert "έως 1/5/2023" in client.get("/profile/").content.decode()
    page = client.get(f"/directory/engagements/{made.pk}/").content.decode()
    assert "Διακοπή" not in page
    login(client, regional("THS"))
    assert client.get(f"/directory/engagements/{made.pk}/").status_code == 404
