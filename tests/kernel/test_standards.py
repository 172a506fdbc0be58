"""Standards and guidelines: shown where they apply, acknowledged where that is demanded.

Shows: R-007.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from didaskaleio.courses import operations as courses
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import COUNTRY
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.standards import operations, queries
from didaskaleio.kernel.standards.models import Acknowledgement, StandardVersion
from didaskaleio.people.models import Person
from tests.factories import people
from tests.factories.courses import a_course
from tests.factories.structures import a_body
from tests.hostile_files import EVERYWHERE

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def course():
    return a_course("design")


@pytest.fixture
def author(course):
    made = people.a_person()
    people.a_post(made, "author", "course", course)
    return made


@pytest.fixture
def officer(course, actor_for):
    made = people.a_person()
    people.a_post(made, "body_officer", "body", course.body)
    return actor_for(made)


@pytest.fixture
def ours(course):
    return Owner("body", course.body_id, course.body.short_name)


def a_standard(owner, actor, at, *, stage="course.design", roles=(), demanded=False):
    made = operations.begin(
        owner,
        title="Στόχοι και ώρες",
        stage=stage,
        roles=roles,
        text="Κάθε στόχος ελέγχεται.",
        demanded=demanded,
        actor=actor,
        at=at,
    )
    operations.publish(made, actor=actor, at=at)
    return made


def test_a_standard_is_shown_on_the_pages_of_its_stage_to_its_roles(
    ours, officer, course, author, client, login, set_clock, at
):
    set_clock(at)
    a_standard(ours, officer, at, roles=["author"])
    login(client, author)
    page = client.get(reverse("courses:units", args=[course.pk])).content.decode()
    assert "Πρότυπα και οδηγίες για αυτό το στάδιο" in page
    assert "Στόχοι και ώρες" in page
    assert "Στόχοι και ώρες" not in client.get(reverse("courses:courses")).content.decode()
    approver = people.a_person()
    people.a_post(approver, "approver", "course", course)
    login(client, approver)
    page = client.get(reverse("courses:course", args=[course.pk])).content.decode()
    assert "Στόχοι και ώρες" not in page


def test_of_another_body_nothing_is_shown_and_of_the_ministry_everything(
    officer, course, author, actor_for, at
):
    other = a_course("design", body=a_body("iep"))
    stranger = people.a_person()
    people.a_post(stranger, "body_officer", "body", other.body)
    theirs = Owner("body", other.body_id, "Άλλος")
    a_standard(theirs, actor_for(stranger), at)
    ministry = people.a_person()
    people.a_post(ministry, "ministry_officer")
    with pytest.raises(PermissionDenied):
        a_standard(Owner(COUNTRY, 0, "Υπουργείο"), officer, at)
    national = a_standard(Owner(COUNTRY, 0, "Υπουργείο"), actor_for(ministry), at)
    found = queries.on_page("courses:units", {"pk": course.pk}, actor_for(author))
    assert found == [national]


def test_an_act_waits_for_the_acknowledgement_that_the_body_demands(
    ours, officer, course, author, actor_for, at
):
    made = a_standard(ours, officer, at, demanded=True)
    me = actor_for(author)
    with pytest.raises(Refusal, match=r"Πρώτα διαβάστε .*«Στόχοι και ώρες» \(έκδοση 1\)"):
        courses.submit_design(course, actor=me, at=at)
    operations.acknowledge(made, actor=me, at=at)
    operations.acknowledge(made, actor=me, at=at)
    courses.submit_design(course, actor=me, at=at)
    assert course.state == "development"
    assert Acknowledgement.objects.count() == 1
    acts = [entry.act for entry in journal.of(made.standard)]
    assert acts == ["Έλαβε γνώση: έκδοση 1", "Δημοσιεύτηκε η έκδοση 1", "Νέο πρότυπο"]


def test_a_new_version_is_read_anew_and_the_old_one_is_frozen(
    ours, officer, course, author, actor_for, at
):
    first = a_standard(ours, officer, at, demanded=True)
    me = actor_for(author)
    operations.acknowledge(first, actor=me, at=at)
    assert queries.owed("course.design", course.body_id, me) == []
    second = operations.draft_next(first.standard, actor=officer, at=at)
    operations.write(second, text="Νέο.", demanded=True, actor=officer, at=at)
    assert queries.owed("course.design", course.body_id, me) == []
    operations.publish(second, actor=officer, at=at)
    assert queries.owed("course.design", course.body_id, me) == [second]
    with pytest.raises(Refusal, match="δεν αλλάζει"):
        operations.write(first, text="Άλλο", demanded=False, actor=officer, at=at)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        StandardVersion.objects.filter(pk=first.pk).update(text="Άλλο")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Acknowledgement.objects.all().delete()
    operations.retire(first.standard, reason="Καταργήθηκε.", actor=officer, at=at)
    assert queries.owed("course.design", course.body_id, me) == []


def test_a_file_goes_with_the_next_version_and_leaves_only_its_draft(ours, officer, at):
    first = a_standard(ours, officer, at)
    second = operations.draft_next(first.standard, actor=officer, at=at)
    upload = ContentFile(PDF)
    made = operations.attach(second, upload, "a.pdf", title="Φύλλο", actor=officer, at=at)
    operations.publish(second, actor=officer, at=at)
    with pytest.raises(Refusal, match="δεν αλλάζει"):
        operations.detach(made, actor=officer, at=at)
    third = operations.draft_next(first.standard, actor=officer, at=at)
    assert [one.title for one in third.files.all()] == ["Φύλλο"]
    operations.detach(third.files.get(), actor=officer, at=at)
    assert [one.title for one in second.files.all()] == ["Φύλλο"]


def test_the_pages_write_publish_and_acknowledge(
    ours, course, author, client, login, set_clock, at
):
    set_clock(at)
    officer = people.a_person()
    people.a_post(officer, "body_officer", "body", course.body)
    login(client, officer)
    facts = {"title": "Οδηγός", "owner": f"body:{course.body_id}", "stage": "course.design"}
    facts |= {"text": "Κείμενο.", "demanded": "on", "roles": ["author"]}
    wrong = client.post(reverse("kernel:standard-new"), facts | {"roles": ["trainer"]})
    assert "Διαλέξτε ρόλους αυτού του σταδίου" in wrong.content.decode()
    client.post(reverse("kernel:standard-new"), facts)
    made = StandardVersion.objects.get()
    login(client, author)
    page = reverse("kernel:standard", args=[made.standard_id])
    assert client.get(page).status_code == 404
    login(client, officer)
    client.post(reverse("kernel:standard-act", args=[made.standard_id, "publish"]))
    login(client, author)
    assert "Έλαβα γνώση" in client.get(page).content.decode()
    url = reverse("kernel:standard-acknowledge", args=[made.standard_id])
    assert client.post(url, {"version": "1"}).status_code == 302
    assert "Λάβατε γνώση" in client.get(page).content.decode()
    assert (
        client.post(reverse("kernel:standard-act", args=[made.standard_id, "next"])).status_code
        == 404
    )


def test_the_pages_of_a_draft_write_its_text_and_its_files(
    ours, officer, course, client, login, set_clock, at
):
    set_clock(at)
    first = a_standard(ours, officer, at)
    login(client, Person.objects.get(pk=officer.user_id))
    pk = first.standard_id
    assert client.get(reverse("kernel:standard-text", args=[pk])).status_code == 404
    client.post(reverse("kernel:standard-act", args=[pk, "next"]))
    client.post(reverse("kernel:standard-text", args=[pk]), {"text": "Νέο.", "demanded": "on"})
    upload = ContentFile(PDF, "a.pdf")
    client.post(reverse("kernel:standard-attach", args=[pk]), {"title": "Φύλλο", "file": upload})
    draft = StandardVersion.objects.get(standard=pk, number=2)
    assert (draft.text, draft.demanded) == ("Νέο.", True)
    for name, content in EVERYWHERE.items():
        bad = {"title": "Κακό", "file": ContentFile(content, name)}
        client.post(reverse("kernel:standard-attach", args=[pk]), bad)
    [attached] = draft.files.all()
    client.post(reverse("kernel:standard-detach", args=[pk, attached.pk]))
    assert not draft.files.exists()
    client.post(reverse("kernel:standard-act", args=[pk, "retire"]), {"reason": "Καταργήθηκε."})
    first.refresh_from_db()
    assert first.retired_at == at
