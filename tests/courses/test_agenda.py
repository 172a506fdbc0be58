"""What authors and approvers of courses have to do."""

from __future__ import annotations

import pytest

from didaskaleio.courses import agenda, operations
from didaskaleio.kernel.agenda import told
from didaskaleio.people.enums import Role, Scope
from tests.factories.courses import a_course
from tests.factories.people import a_person, a_post, officer

pytestmark = pytest.mark.django_db


def holder(role, course, actor_for):
    person = a_person()
    a_post(person, role, Scope.COURSE, course)
    return actor_for(person)


def titles(found):
    return [todo.title for todo in told(found)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("design", ["Ολοκλήρωση του σχεδιασμού"]),
        ("development", ["Ολοκλήρωση και υποβολή υλικού"]),
        ("in_approval", []),
        ("offered", []),
        ("under_revision", ["Ολοκλήρωση της αναθεώρησης"]),
    ],
)
def test_the_author_is_asked_for_the_next_step(actor_for, at, state, expected):
    author = holder(Role.AUTHOR, a_course(state), actor_for)
    assert titles(agenda.of_author(author, at)) == expected


def test_the_author_of_another_course_is_not_asked(actor_for, at):
    a_course("design")
    author = holder(Role.AUTHOR, a_course("offered"), actor_for)
    assert titles(agenda.of_author(author, at)) == []


def test_what_came_back_says_why(actor_for, at):
    course = a_course("in_approval")
    author = holder(Role.AUTHOR, course, actor_for)
    approver = holder(Role.APPROVER, course, actor_for)
    assert titles(agenda.of_approver(approver, at)) == ["Έγκριση θεματικού αντικειμένου"]
    operations.return_with_remarks(course, actor=approver, at=at, reason="Λείπουν πηγές.")
    (todo,) = told(agenda.of_author(author, at))
    assert todo.title == "Διόρθωση αντικειμένου που επιστράφηκε"
    assert todo.detail.endswith("Παρατηρήσεις: Λείπουν πηγές.")
    assert titles(agenda.of_approver(approver, at)) == []


def test_nobody_is_asked_to_approve_the_own_work(actor_for, at):
    course = a_course("development")
    person = a_person()
    for role in (Role.AUTHOR, Role.APPROVER):
        a_post(person, role, Scope.COURSE, course)
    both = actor_for(person)
    operations.write(course.draft, purpose="Σκοπός του αντικειμένου.", actor=both, at=at)
    type(course).objects.filter(pk=course.pk).update(state="in_approval")
    assert titles(agenda.of_approver(both, at)) == []
    other = holder(Role.APPROVER, course, actor_for)
    assert titles(agenda.of_approver(other, at)) == ["Έγκριση θεματικού αντικειμένου"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("design", ["Ορισμός συντακτικής ομάδας"]),
        ("under_revision", ["Ορισμός συντακτικής ομάδας"]),
        ("in_approval", ["Ορισμός προσώπου που εγκρίνει"]),
        ("offered", []),
    ],
)
def test_an_officer_is_asked_for_the_team_that_is_missing(actor_for, at, state, expected):
    course = a_course(state)
    ours, theirs = actor_for(officer("itye")), actor_for(officer("iep"))
    assert titles(agenda.of_team(ours, at)) == expected
    assert titles(agenda.of_team(theirs, at)) == []
    holder(Role.AUTHOR, course, actor_for)
    holder(Role.APPROVER, course, actor_for)
    assert titles(agenda.of_team(ours, at)) == []


def test_an_approver_of_the_whole_body_is_enough(actor_for, at):
    course = a_course("in_approval")
    a_post(a_person(), Role.APPROVER, Scope.BODY, course.body_id)
    assert titles(agenda.of_team(actor_for(officer()), at)) == []


def test_a_team_that_has_left_is_missing_again(actor_for, at):
    a_post(a_person(), Role.AUTHOR, Scope.COURSE, a_course("design"), until=at)
    (todo,) = told(agenda.of_team(actor_for(officer()), at))
    assert todo.url.endswith("/team/")
