"""Remarks of a review on the very component: written, answered, resolved before the approval.

Shows: R-001, R-005.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from didaskaleio.courses import operations, queries
from didaskaleio.courses.errors import IncompleteCourseError
from didaskaleio.courses.models import Remark
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from tests.factories import people
from tests.factories.courses import a_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    made = a_course("in_approval")
    made.draft.materials.all().delete()
    return made


def a_remark(course, approver, at, component="units"):
    return operations.remark(
        course.draft, component=component, text="Λείπει παράδειγμα.", actor=approver, at=at
    )


def test_a_remark_is_answered_and_closed_and_everything_is_in_the_journal(
    course, author, approver, at
):
    made = a_remark(course, approver, at)
    operations.return_with_remarks(course, actor=approver, at=at, reason="Δείτε τα φύλλα.")
    assert queries.unanswered(course.draft) == ["Απαντήστε στην παρατήρηση για: Πρόγραμμα σπουδών."]
    operations.answer(made, text=" Προστέθηκε. ", actor=author, at=at)
    assert queries.unanswered(course.draft) == []
    course.state = "in_approval"
    course.save()
    operations.resolve(made, actor=approver, at=at)
    made.refresh_from_db()
    assert (made.answer, made.answered_by_id) == ("Προστέθηκε.", author.user_id)
    assert (made.resolved_by_id, made.resolved_at) == (approver.user_id, at)
    acts = [entry.act for entry in journal.of(course.draft)]
    assert acts == [
        "Έκλεισε παρατήρηση: Πρόγραμμα σπουδών",
        "Απάντηση: Πρόγραμμα σπουδών",
        "Παρατήρηση: Πρόγραμμα σπουδών",
    ]


def test_the_notice_of_the_return_says_where_the_remarks_stand(course, author, approver, at):
    a_remark(course, approver, at)
    a_remark(course, approver, at, "trainee")
    operations.return_with_remarks(course, actor=approver, at=at, reason="Δείτε τα.")
    notice = Notice.objects.get(kind="courses.returned", person=author.user_id)
    assert "Στη σελίδα: Πρόγραμμα σπουδών, Προφίλ εκπαιδευομένων." in notice.text


def test_nothing_is_approved_over_an_open_remark(course, approver, at):
    a_remark(course, approver, at)
    with pytest.raises(StepRefusedError, match="Μένουν ανοιχτές: 1 παρατήρηση"):
        operations.approve(course, actor=approver, at=at)


def test_nothing_is_submitted_again_over_a_remark_without_an_answer(course, author, approver, at):
    a_remark(course, approver, at)
    operations.return_with_remarks(course, actor=approver, at=at, reason="Δείτε τα.")
    with pytest.raises(IncompleteCourseError, match="Απαντήστε στην παρατήρηση"):
        operations.submit_material(course, actor=author, at=at)


def test_who_remarks_has_not_thereby_written_the_version(course, approver, at):
    operations.resolve(a_remark(course, approver, at), actor=approver, at=at)
    assert queries.authors(course.draft) == set()


@pytest.mark.parametrize("component", ["", "height"])
def test_a_remark_hangs_on_a_component(course, approver, at, component):
    with pytest.raises(Refusal, match="συνιστώσα"):
        a_remark(course, approver, at, component)


def test_remarks_are_the_approvers_and_answers_the_authors(course, author, approver, at):
    with pytest.raises(PermissionDenied):
        a_remark(course, author, at)
    made = a_remark(course, approver, at)
    with pytest.raises(Refusal, match="συντακτική ομάδα"):
        operations.answer(made, text="Νωρίς.", actor=author, at=at)
    with pytest.raises(PermissionDenied):
        operations.resolve(made, actor=author, at=at)
    with pytest.raises(PermissionDenied):
        operations.answer(made, text="Εγώ.", actor=approver, at=at)


def test_a_closed_remark_takes_no_answer_and_an_empty_one_is_nothing(course, author, approver, at):
    made = a_remark(course, approver, at)
    with pytest.raises(Refusal, match="Γράψτε"):
        operations.remark(course.draft, component="units", text=" ", actor=approver, at=at)
    operations.resolve(made, actor=approver, at=at)
    operations.return_with_remarks(course, actor=approver, at=at, reason="Άλλα.")
    with pytest.raises(Refusal, match="έχει κλείσει"):
        operations.answer(made, text="Αργά.", actor=author, at=at)


def test_a_revision_begins_without_the_remarks_of_the_past(course, author, approver, at):
    operations.resolve(a_remark(course, approver, at), actor=approver, at=at)
    course.current, course.draft, course.state = course.draft, None, "offered"
    course.save()
    operations.start_revision(course, actor=author, at=at, reason="Ευρήματα")
    assert list(course.draft.remarks.all()) == []


def test_on_screen_each_sees_what_is_theirs_to_do(course, login, at, actor_for):
    reader, writer = people.of_course("approver", course), people.of_course("author", course)
    page = reverse("courses:course", args=[course.pk])
    judge, team = login(Client(), reader), login(Client(), writer)
    url = reverse("courses:remark", args=[course.pk])
    answer = judge.post(url, {"component": "trainee", "text": "Και έτη;"})
    assert answer.headers["Location"] == f"{page}#part-trainee"
    assert "Κλείσιμο της παρατήρησης" in judge.get(page).content.decode()
    seen = team.get(page).content.decode()
    assert "Και έτη;" in seen
    assert "Αποστολή απάντησης" not in seen
    assert "Παρατήρηση…" not in seen
    operations.return_with_remarks(course, actor=actor_for(reader), at=at, reason="Δείτε το.")
    assert "Αποστολή απάντησης" in team.get(page).content.decode()
    made = Remark.objects.get()
    team.post(
        reverse("courses:remark-answer", args=[course.pk, made.pk]), {"text": "Δεν χρειάζονται."}
    )
    assert "Δεν χρειάζονται." in judge.get(page).content.decode()
    assert Client().get(page).status_code in {302, 403, 404}
