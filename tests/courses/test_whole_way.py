"""A course on screen, from the officer who opens it to the revision of its approved version.

Shows: R-001, R-002, R-003, R-005, R-008, R-009.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from didaskaleio.courses import operations
from didaskaleio.courses.models import Course
from didaskaleio.kernel.models import JournalEntry, Notice
from didaskaleio.people.models import Post
from didaskaleio.programmes.queries.actions import approved_versions
from tests.factories.courses import a_course
from tests.factories.people import a_person, a_post, officer
from tests.factories.programmes import an_action
from tests.factories.structures import a_body
from tests.markup import markup

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"
TEXTS = {
    "purpose": "Να σχεδιάζουν δραστηριότητες ρομποτικής.",
    "content": "Μικροελεγκτές, αισθητήρες, σενάρια.",
    "providers": "Κ.Σ.Ε. και επιμορφωτές του μητρώου",
    "hours_total": 36,
    "hours_face_to_face": 6,
    "hours_synchronous": 20,
    "hours_asynchronous": 10,
    "hours_support": 0,
    "certification_method": "Εξέταση σε κέντρο πιστοποίησης",
}


@pytest.fixture
def door(login):
    """``door(person)``: that person's own browser."""
    return lambda person: login(Client(), person)


def units(*rows, before=0, more=False):
    """The form of the syllabus as a browser posts it: (title, hours, place) of each unit."""
    posted = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": before}
    for n, (title, hours, place) in enumerate(rows):
        posted |= {f"form-{n}-title": title, f"form-{n}-hours": hours, f"form-{n}-ORDER": place}
        posted[f"form-{n}-summary"] = ""
    return posted | ({"more": "1"} if more else {})


def step(client, course, name, **posted):
    page = reverse("courses:course", args=[course.pk])
    url = reverse("kernel:step", args=["course", course.pk, name])
    return markup(client.post(url, posted | {"next": page}, follow=True))


def opened(client, title="Εκπαιδευτική ρομποτική", code="b2-robotiki"):
    posted = {"title": title, "code": code, "level": "B2", "body": a_body().pk}
    page = client.post(reverse("courses:new"), posted, follow=True)
    return page, Course.objects.get(code=code)


def name_in_team(client, course, person, role):
    url = reverse("courses:team", args=[course.pk], query={"q": person.username})
    assert person.surname in markup(client.get(url))
    posted = {"person": person.pk, "role": role, "reason": "Απόφαση συγκρότησης 5/2023"}
    return markup(client.post(url, posted, follow=True))


def fill(client, course):
    """Write every component by its form, as an author does."""

    def post(page, posted, *args):
        answer = client.post(reverse(f"courses:{page}", args=[*args] or [course.pk]), posted)
        assert answer.status_code == 302, page

    for part in ("texts", "hours", "providers", "certification"):
        post("texts", TEXTS, course.pk, part)
    post("objectives", {"objectives": "Σχεδιάζουν ένα σενάριο.\n\nΤο εφαρμόζουν."})
    post("units", units(("Σενάρια", 20, 2), ("Υλικά", 16, 1), ("", "", "")))
    rules = {"rule": ["0", "1"], "kind-0": "will_teach", "article-0": "3"}
    rules |= {"kind-1": "certificate_any_of", "any-1": ["B1"]}
    post("profile", rules, course.pk, "trainee")
    post("profile", {"rule": ["0"], "kind-0": "specialty_in_cluster"}, course.pk, "trainer")
    for kind in ("training", "certification"):
        post("material-add", {"kind": kind, "title": f"Υλικό {kind}", "cluster": ""})


def upload_all(client, course):
    for material in course.draft.materials.all():
        file = SimpleUploadedFile("yliko.pdf", PDF, content_type="application/pdf")
        url = reverse("courses:material-upload", args=[material.pk])
        assert client.post(url, {"file": file}).status_code == 302
        client.post(reverse("courses:material-ready", args=[material.pk]))


def test_a_course_goes_the_whole_way_on_screen(door):
    author, approver = a_person(surname="Συντάκτης"), a_person(surname="Εγκριτής")
    body = door(officer())
    page, course = opened(body)
    assert page.redirect_chain == [(reverse("courses:team", args=[course.pk]), 302)]
    name_in_team(body, course, author, "author")
    assert "Εγκριτής" in name_in_team(body, course, approver, "approver")

    writer, reader = door(author), door(approver)
    home = reverse("courses:course", args=[course.pk])
    assert "Γράψτε σκοπό." in markup(writer.get(home))
    fill(writer, course)
    assert "δεν είναι έτοιμο" in markup(writer.get(home))
    step(writer, course, "submit_design")
    upload_all(writer, course)
    page = step(writer, course, "submit_material")
    assert "Υποβλήθηκε για έγκριση" in page
    assert "Αλλαγή: Πρόγραμμα σπουδών" not in page

    step(reader, course, "return_with_remarks", reason="Λείπει η δεύτερη ενότητα.")
    assert "Λείπει η δεύτερη ενότητα." in markup(writer.get(home))
    rows = [("Υλικά", 16, 1), ("Σενάρια", 10, 2), ("Εφαρμογή", 10, 3)]
    writer.post(reverse("courses:units", args=[course.pk]), units(*rows, before=2))
    step(writer, course, "submit_material")
    assert "Εγκρίθηκε" in step(reader, course, "approve")

    course.refresh_from_db()
    assert (course.state, course.draft_id, course.current.number) == ("approved", None, 1)
    assert course.current.approved_by == approver
    assert list(course.current.units.values_list("title", "hours")) == [
        ("Υλικά", 16),
        ("Σενάρια", 10),
        ("Εφαρμογή", 10),
    ]
    assert writer.get(reverse("courses:texts", args=[course.pk, "hours"])).status_code == 404
    assert course.current in approved_versions([course.body_id])
    public = markup(Client().get(reverse("courses:about", args=[course.pk])))
    assert "36</b> ώρες: 6 διά ζώσης, 20 σύγχρονες, 10 ασύγχρονες, 0 υποστηρικτικές" in public
    step(body, course, "link_to_action")
    course.refresh_from_db()
    assert course.state == "offered"


def test_each_hand_is_told_what_to_do_next(door, at, drain_jobs, mailoutbox):
    author = a_person(surname="Συντάκτης", email="author@example.org")
    approver = a_person(surname="Εγκριτής", email="approver@example.org")
    the_officer = officer()
    body = door(the_officer)
    _, course = opened(body)
    name_in_team(body, course, author, "author")
    name_in_team(body, course, approver, "approver")
    writer = door(author)
    fill(writer, course)
    step(writer, course, "submit_design")
    upload_all(writer, course)
    step(writer, course, "submit_material")
    step(door(approver), course, "return_with_remarks", reason="Λείπουν πηγές.")
    step(writer, course, "submit_material")
    step(door(approver), course, "approve")

    def told(person):
        return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", "url"))

    page = reverse("courses:course", args=[course.pk])
    assert told(approver) == [
        ("people.granted", page),
        ("courses.submitted", page),
        ("courses.submitted", page),
    ]
    assert told(author) == [
        ("people.granted", page),
        ("courses.returned", page),
        ("courses.approved", page),
    ]
    assert told(the_officer) == [("courses.approved", page)]
    returned = Notice.objects.get(kind="courses.returned")
    assert "Παρατηρήσεις: Λείπουν πηγές.\nΔιορθώστε και υποβάλετε ξανά." in returned.text
    drain_jobs()
    assert Counter(mail.to[0] for mail in mailoutbox) == {author.email: 3, approver.email: 3}


def test_a_submission_that_nobody_may_approve_asks_the_officer_for_an_approver(actor_for, at):
    course, the_officer = a_course("under_revision"), officer()
    both = a_person()
    a_post(both, "author", "course", course)
    a_post(both, "approver", "course", course)
    author = actor_for(both)
    operations.write(course.draft, actor=author, at=at, change_log="Στόχοι")
    for material in course.draft.materials.all():
        file = SimpleUploadedFile("yliko.pdf", PDF)
        operations.upload_material(material, file, "yliko.pdf", actor=author, at=at, ready=True)
    operations.submit_revision(course, actor=author, at=at)
    (notice,) = Notice.objects.filter(kind__startswith="courses.")
    assert (notice.person, notice.kind) == (the_officer, "courses.no_approver")
    assert notice.url == reverse("courses:team", args=[course.pk])


def test_running_actions_keep_the_version_that_they_began_with(door, actor_for, at):
    course = a_course("offered")
    action = an_action(course=course)
    author, approver = a_person(), a_person()
    a_post(author, "author", "course", course)
    a_post(approver, "approver", "course", course)
    writer = door(author)
    url = reverse("courses:revise", args=[course.pk])
    page = markup(writer.post(url, {"reason": "Αξιολόγηση της 1ης περιόδου"}, follow=True))
    assert "Τι αλλάζει η έκδοση 2" in page
    for part, words in (("texts", TEXTS), ("changes", {"change_log": "Νέος σκοπός"})):
        writer.post(reverse("courses:texts", args=[course.pk, part]), words)
    upload_all(writer, course := Course.objects.get(pk=course.pk))
    diff = markup(writer.get(reverse("courses:version-changes", args=[course.pk, 2])))
    assert "<del>Να αξιοποιούν οι συμμετέχοντες ψηφιακά μέσα στο μάθημά τους.</del>" in diff
    assert "<ins>Να σχεδιάζουν δραστηριότητες ρομποτικής.</ins>" in diff
    assert "Διδακτικοί στόχοι" not in diff
    assert "Διδακτικές ώρες" not in diff
    step(writer, course, "submit_revision")
    step(door(approver), course, "approve")
    course.refresh_from_db()
    action.refresh_from_db()
    assert (course.current.number, action.course_version.number) == (2, 1)
    assert action.course_version.purpose.startswith("Να αξιοποιούν")
    old = markup(writer.get(reverse("courses:version", args=[course.pk, 1])))
    assert "Να αξιοποιούν οι συμμετέχοντες" in old


def test_the_first_version_changes_nothing(door):
    course = a_course("design")
    a_post(author := a_person(), "author", "course", course)
    page = door(author).get(reverse("courses:version-changes", args=[course.pk, 1]))
    assert page.status_code == 404


def test_an_officer_opens_no_course_of_another_body_nor_with_a_code_in_use(door):
    a_course("design", code="b2-yparxei")
    client = door(officer("itye"))
    posted = {"title": "Νέο", "code": "b2-neo", "level": "B2", "body": a_body("iep").pk}
    assert client.post(reverse("courses:new"), posted).status_code == 200
    used = posted | {"code": "b2-yparxei", "body": a_body().pk}
    page = markup(client.post(reverse("courses:new"), used))
    assert "Υπάρχει ήδη αντικείμενο με κωδικό «b2-yparxei»" in page
    assert 'value="Νέο"' in page
    assert not Course.objects.filter(title="Νέο").exists()


def test_who_does_not_act_for_a_body_opens_no_course_and_names_no_team(door):
    course = a_course("design")
    a_post(author := a_person(), "author", "course", course)
    client = door(author)
    assert client.get(reverse("courses:new")).status_code == 403
    assert "Νέο αντικείμενο" not in markup(client.get(reverse("courses:courses")))
    for page in ("team", "amend"):
        assert client.get(reverse(f"courses:{page}", args=[course.pk])).status_code == 404
    other = door(officer("iep"))
    assert other.get(reverse("courses:team", args=[course.pk])).status_code == 404


def test_a_member_leaves_the_team_with_a_reason_and_the_history_says_so(door):
    body = door(officer())
    _, course = opened(body)
    person = a_person(surname="Συντάκτης")
    name_in_team(body, course, person, "author")
    post = Post.objects.get(person=person)
    url = reverse("courses:release", args=[course.pk, post.pk])
    body.post(url, {"reason": ""})
    post.refresh_from_db()
    assert post.valid_until is None
    body.post(url, {"reason": "Αποχώρηση"})
    post.refresh_from_db()
    assert post.valid_until is not None
    acts = JournalEntry.objects.filter(subject="courses.course", subject_id=course.pk)
    assert list(acts.order_by("pk").values_list("act", "reason")) == [
        ("Νέο θεματικό αντικείμενο", ""),
        (f"Στην ομάδα: {person} (Μέλος επιστημονικής ομάδας)", "Απόφαση συγκρότησης 5/2023"),
        (f"Εκτός ομάδας: {person} (Μέλος επιστημονικής ομάδας)", "Αποχώρηση"),
    ]
    assert body.post(url, {"reason": "Ξανά"}).status_code == 404


def test_a_post_that_is_not_of_the_team_is_not_ended_from_there(door, actor_for, at):
    the_officer = officer(role="body_head")
    course = a_course("design")
    other = a_course("design")
    post = a_post(a_person(), "author", "course", other)
    url = reverse("courses:release", args=[course.pk, post.pk])
    assert door(the_officer).post(url, {"reason": "Λάθος"}).status_code == 404
    post.refresh_from_db()
    assert post.valid_until is None


def test_title_code_and_level_are_mended_until_a_version_is_approved(door):
    client = door(officer())
    _, course = opened(client, title="Ρομποτικι")
    url = reverse("courses:amend", args=[course.pk])
    posted = {"title": "Ρομποτική", "code": "b1-robotiki", "level": "B1"}
    assert "Ρομποτική" in markup(client.post(url, posted, follow=True))
    course.refresh_from_db()
    assert (course.title, course.code, course.level) == ("Ρομποτική", "b1-robotiki", "B1")
    approved = a_course("offered")
    url = reverse("courses:amend", args=[approved.pk])
    assert "έχει εγκεκριμένη έκδοση" in markup(client.post(url, posted | {"code": "b1-allo"}))


def test_units_that_are_wrong_come_back_as_they_were_typed(door):
    course = a_course("design")
    a_post(author := a_person(), "author", "course", course)
    client = door(author)
    url = reverse("courses:units", args=[course.pk])
    page = markup(client.post(url, units(("Μία", "δέκα", 1))))
    assert 'value="Μία"' in page
    assert 'value="δέκα"' in page
    assert 'aria-invalid="true"' in page
    assert course.draft.units.count() == 4
    page = markup(client.post(url, units(("Μία", 10, 1), more=True)))
    assert 'value="Μία"' in page
    assert 'name="form-1-title"' in page
    assert course.draft.units.count() == 4
    removed = units(("Μία", 10, 1), ("Δύο", 20, 2), before=2) | {"form-0-DELETE": "on"}
    client.post(url, removed)
    assert list(course.draft.units.values_list("title", flat=True)) == ["Δύο"]


def test_a_rule_without_its_options_keeps_what_else_was_ticked(door):
    course = a_course("design")
    a_post(author := a_person(), "author", "course", course)
    url = reverse("courses:profile", args=[course.pk, "trainer"])
    posted = {"rule": ["0", "1"], "kind-0": "certificate_any_of"}
    posted |= {"kind-1": "will_teach", "article-1": "7"}
    page = markup(door(author).post(url, posted))
    assert 'name="article-1" value="7"' in page
    course.draft.refresh_from_db()
    assert course.draft.trainer_profile != []
    assert "will_teach" not in str(course.draft.trainer_profile)


def test_lists_without_a_course_say_what_to_do(door, at):
    url = reverse("courses:courses")
    assert "Ανοίξτε το πρώτο του φορέα σας" in markup(door(officer()).get(url))
    course = a_course("design")
    a_post(author := a_person(), "author", "course", course, until=at - timedelta(1))
    a_post(author, "author", "course", course.pk + 1000)
    assert "ζητήστε από τον φορέα" in markup(door(author).get(url))
