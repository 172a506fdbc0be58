"""A course from its design to its revision, and its pages.

Shows: R-001, R-002, R-005.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.courses import operations, queries
from didaskaleio.courses.errors import FrozenVersionError, IncompleteCourseError, OwnWorkError
from didaskaleio.kernel.errors import ReasonMissingError, Refusal
from didaskaleio.kernel.files import FileRefusedError
from tests.factories import people
from tests.factories.courses import a_course
from tests.markup import markup

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def course():
    return a_course("design")


def complete(course, author, at):
    for material in course.draft.materials.all():
        operations.upload_material(
            material, BytesIO(PDF), "υλικό.pdf", actor=author, at=at, ready=True
        )


def test_a_course_is_designed_filled_approved_offered(course, author, approver, actor_for, at):
    operations.submit_design(course, actor=author, at=at)
    with pytest.raises(IncompleteCourseError, match="δεν είναι έτοιμο"):
        operations.submit_material(course, actor=author, at=at)
    complete(course, author, at)
    operations.submit_material(course, actor=author, at=at)
    operations.approve(course, actor=approver, at=at)
    course.refresh_from_db()
    assert (course.state, course.draft, course.current.frozen_at) == ("approved", None, at)
    assert course.current.approved_by_id == approver.user_id
    operations.link_to_action(course, actor=actor_for(people.officer()), at=at)
    assert course.state == "offered"


def test_a_design_with_gaps_names_each_of_them(course, author, at):
    operations.write(course.draft, actor=author, at=at, purpose="", hours_support=17)
    with pytest.raises(IncompleteCourseError) as refused:
        operations.submit_design(course, actor=author, at=at)
    assert refused.value.missing[0] == "Γράψτε σκοπό."
    assert "59" in refused.value.missing[1]


def test_who_wrote_in_a_version_does_not_approve_it(course, author, actor_for, at):
    both = people.of_course("author", course)
    people.a_post(both, "approver", "course", course)
    operations.write(course.draft, actor=actor_for(both), at=at, purpose="Νέος σκοπός")
    operations.submit_design(course, actor=author, at=at)
    complete(course, author, at)
    operations.submit_material(course, actor=author, at=at)
    with pytest.raises(OwnWorkError, match="άλλο πρόσωπο"):
        operations.approve(course, actor=actor_for(both), at=at)
    assert queries.authors(course.draft) == {both.pk, author.user_id}


def test_an_author_without_the_approvers_post_does_not_approve(course, author, at):
    course.state = "in_approval"
    course.save()
    with pytest.raises(PermissionDenied):
        operations.approve(course, actor=author, at=at)


def test_it_comes_back_with_remarks_and_not_without(course, approver, at):
    course.state = "in_approval"
    course.save()
    with pytest.raises(ReasonMissingError):
        operations.return_with_remarks(course, actor=approver, at=at)
    operations.return_with_remarks(course, actor=approver, at=at, reason="Λείπει παράδειγμα.")
    assert course.state == "development"


def test_what_is_in_approval_or_approved_is_frozen(at, actor_for):
    course = a_course("offered")
    author = actor_for(people.of_course("author", course))
    with pytest.raises(FrozenVersionError):
        operations.write(course.current, actor=author, at=at, purpose="Άλλος")
    with pytest.raises(FrozenVersionError):
        operations.write_objectives(course.current, ["α"], actor=author, at=at)


def test_a_revision_is_a_copy_that_says_what_changes(at, actor_for):
    course = a_course("offered")
    author = actor_for(people.of_course("author", course))
    operations.start_revision(course, actor=author, at=at, reason="Ερωτηματολόγια 2022")
    course.refresh_from_db()
    assert (course.state, course.draft.number, course.current.number) == ("under_revision", 2, 1)
    assert course.draft.units.count() == course.current.units.count() == 4
    operations.write_objectives(course.draft, ["Νέος στόχος", " "], actor=author, at=at)
    with pytest.raises(IncompleteCourseError, match="τι αλλάζει"):
        operations.submit_revision(course, actor=author, at=at)
    complete(course, author, at)
    operations.write(course.draft, actor=author, at=at, change_log="Στόχοι")
    operations.submit_revision(course, actor=author, at=at)
    assert course.state == "in_approval"
    assert [row.text for row in course.current.objectives.all()] != ["Νέος στόχος"]


def test_a_profile_of_unknown_rules_is_not_saved(course, author, at):
    with pytest.raises(Refusal):
        operations.write_profile(course.draft, "trainee", [{"kind": "height"}], actor=author, at=at)


def test_material_is_a_document_or_nothing(course, author, at):
    material = course.draft.materials.first()
    with pytest.raises(FileRefusedError):
        operations.upload_material(
            material, BytesIO(b"MZ\x00\x01"), "x.pdf", actor=author, at=at, ready=True
        )


def test_an_author_of_another_course_writes_nothing_here(course, actor_for, at):
    stranger = actor_for(people.of_course("author", a_course("design")))
    with pytest.raises(PermissionDenied):
        operations.write(course.draft, actor=stranger, at=at, purpose="Άλλος")


def test_an_officer_begins_a_course_of_the_own_body_only(actor_for, at, course):
    officer = actor_for(people.officer())
    made = operations.begin(
        course.body, actor=officer, at=at, code="b1", title="Εισαγωγή", level="B1"
    )
    assert (made.state, made.draft.number) == ("design", 1)
    with pytest.raises(Refusal, match="κωδικό"):
        operations.begin(course.body, actor=officer, at=at, code="b1", title="Άλλο", level="B1")


PAGES = ("course", "objectives", "units", "material-add", "work")
TEXTS = ("texts", "hours", "providers", "certification")


def test_an_author_opens_and_saves_every_page(client, login, course):
    login(client, people.of_course("author", course))
    for name in PAGES:
        assert client.get(reverse(f"courses:{name}", args=[course.pk])).status_code == 200, name
    for which in ("trainee", "trainer"):
        assert client.get(reverse("courses:profile", args=[course.pk, which])).status_code == 200
    for part in TEXTS:
        assert client.get(reverse("courses:texts", args=[course.pk, part])).status_code == 200
    client.post(
        reverse("courses:profile", args=[course.pk, "trainer"]),
        {"rule": ["0"], "kind-0": "certificate_any_of", "any-0": ["A"]},
    )
    course.draft.refresh_from_db()
    assert course.draft.trainer_profile == [{"kind": "certificate_any_of", "any": ["A"]}]


def test_strangers_find_no_draft_and_everybody_reads_what_is_approved(client, login, course):
    login(client, people.a_teacher())
    assert client.get(reverse("courses:course", args=[course.pk])).status_code == 404
    assert client.get(reverse("courses:about", args=[course.pk])).status_code == 404
    client.logout()
    offered = a_course("offered")
    page = markup(client.get(reverse("courses:about", args=[offered.pk])))
    assert "Δεν έχει ολοκληρωθεί στο παρελθόν" in page
    assert "8 διά ζώσης, 20 σύγχρονες, 14 ασύγχρονες, 18 υποστηρικτικές" in page


def test_the_differences_of_two_versions_are_shown(client, login):
    course = a_course("under_revision")
    course.draft.purpose = "Σκοπός της αναθεώρησης"
    course.draft.save()
    login(client, people.of_course("author", course))
    page = markup(client.get(reverse("courses:changes", args=[course.pk])))
    assert "<ins>Σκοπός της αναθεώρησης</ins>" in page
    assert "Πρόγραμμα σπουδών" not in page


def test_the_list_of_three_asks_no_more_than_the_list_of_one(client, login):
    login(client, people.officer())
    url = reverse("courses:courses")

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    a_course("offered")
    count()
    one = count()
    a_course("offered")
    a_course("under_revision")
    assert count() == one
