"""Findings of an evaluation: recorded on the version in force, answered by the revision.

Shows: R-005.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.courses import operations, queries
from didaskaleio.courses.agenda import of_findings
from didaskaleio.courses.errors import IncompleteCourseError
from didaskaleio.courses.models import Finding
from didaskaleio.kernel import agenda
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Notice
from didaskaleio.people.models import Person
from tests.factories.courses import a_course
from tests.factories.programmes import an_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    made = a_course("offered")
    made.current.materials.all().delete()
    return made


def found(course, actor, at, severity="major", component="units"):
    return operations.find(
        course,
        component=component,
        severity=severity,
        source="questionnaires",
        evidence="21 από 24",
        text="Οι ώρες δεν φτάνουν.",
        actor=actor,
        at=at,
    )


def revision(course, author, at, *findings):
    operations.start_revision(course, reason="Ευρήματα", findings=findings, actor=author, at=at)
    operations.write(course.draft, change_log="Ώρες.", actor=author, at=at)
    return course.draft


def test_a_finding_stands_on_the_version_in_force_and_its_authors_are_told(
    course, author, approver, at
):
    made = found(course, approver, at)
    assert made.version == course.current
    assert list(queries.open_findings(course)) == [made]
    assert Notice.objects.get(kind="courses.found").person_id == author.user_id
    assert [todo.detail for todo in agenda.told(of_findings(author, at))] == [course.title]
    with pytest.raises(Refusal, match="εγκεκριμένη έκδοση"):
        found(a_course("design", body=course.body), SYSTEM, at)


def test_a_revision_answers_what_it_took_up_before_it_is_submitted(course, author, approver, at):
    made = found(course, approver, at)
    version = revision(course, author, at, made)
    made.refresh_from_db()
    assert made.revision == version
    assert queries.unanswered_findings(course, version) == [
        "Απαντήστε στο εύρημα: Πρόγραμμα σπουδών (σημαντικό)."
    ]
    with pytest.raises(IncompleteCourseError, match="Απαντήστε στο εύρημα"):
        operations.submit_revision(course, actor=author, at=at)
    operations.answer_finding(made, text="Τέσσερις ώρες παραπάνω.", actor=author, at=at)
    assert queries.unanswered_findings(course, version) == []


def test_a_critical_finding_is_not_passed_over_in_silence(course, author, approver, at):
    critical = found(course, approver, at, "critical")
    minor = found(course, approver, at, "minor", "texts")
    version = revision(course, author, at)
    assert list(queries.open_findings(course)) == [critical, minor]
    owed = ["Αναλάβετε ή απορρίψτε το κρίσιμο εύρημα: Πρόγραμμα σπουδών (κρίσιμο)."]
    assert queries.unanswered_findings(course, version) == owed
    with pytest.raises(PermissionDenied):
        operations.dismiss(critical, reason="Όχι.", actor=author, at=at)
    operations.dismiss(critical, reason="Καλύφθηκε από την 1η περίοδο.", actor=approver, at=at)
    assert queries.unanswered_findings(course, version) == []
    with pytest.raises(Refusal, match="δεν είναι πια ανοιχτό"):
        operations.take_up(critical, actor=author, at=at)


def test_a_finding_left_out_is_open_again(course, author, approver, at):
    made = found(course, approver, at)
    revision(course, author, at, made)
    operations.answer_finding(made, text="Ναι.", actor=author, at=at)
    operations.leave_out(made, actor=author, at=at)
    made.refresh_from_db()
    assert (made.revision_id, made.answer) == (None, "")
    assert list(queries.open_findings(course)) == [made]


def test_the_page_before_the_approval_shows_what_the_version_touches(
    course, author, approver, client, login, set_clock, at
):
    set_clock(at)
    action = an_action(course=course)
    made = found(course, approver, at)
    version = revision(course, author, at, made)
    operations.write_objectives(version, ["Άλλος στόχος."], actor=author, at=at)
    operations.answer_finding(made, text="Τέσσερις ώρες παραπάνω.", actor=author, at=at)
    course.state = "in_approval"
    course.save()
    login(client, Person.objects.get(pk=approver.user_id))
    page = client.get(reverse("courses:course", args=[course.pk]))
    text = page.content.decode()
    assert page.context["touched"] == ["Διδακτικοί στόχοι"]
    assert action.title in text
    assert "Τέσσερις ώρες παραπάνω." in text
    assert "Οι δράσεις που έχουν αρχίσει μένουν στην έκδοσή τους" in text


def test_on_the_pages_a_finding_is_written_and_the_revision_begins_with_it(
    course, author, client, login, set_clock, at
):
    set_clock(at)
    login(client, Person.objects.get(pk=author.user_id))
    facts = {"component": "hours", "severity": "major", "source": "visits", "evidence": ""}
    url = reverse("courses:findings", args=[course.pk])
    assert client.post(url, facts | {"text": ""}).status_code == 200
    assert client.post(url, facts | {"text": "Λίγες."}).status_code == 302
    made = Finding.objects.get()
    begin = reverse("courses:revise", args=[course.pk])
    assert "Λίγες." in client.get(begin).content.decode()
    client.post(begin, {"reason": "Επισκέψεις", "findings": [made.pk]})
    made.refresh_from_db()
    assert made.revision.number == 2
    assert client.get(begin).status_code == 404
