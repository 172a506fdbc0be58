"""What stands on a course: its actions by version, their programmes, people and attestations.

Shows: R-005.
"""

from __future__ import annotations

import pytest

from didaskaleio.completion import operations
from didaskaleio.completion.models import Attestation
from didaskaleio.kernel.reports import Query, known
from didaskaleio.people.queries import actor_of
from tests.factories import completion, people
from tests.factories.courses import a_course, a_version
from tests.factories.programmes import an_action

pytestmark = pytest.mark.django_db


def lines(who, at, **chosen):
    report = known["completion.impact"]
    rows = report.selected(who, at, Query({name: str(value) for name, value in chosen.items()}))
    return [tuple(line) for line in report.lines(rows)]


def approver_of(course, at):
    made = people.a_person()
    people.a_post(made, "approver", "course", course)
    return actor_of(made, at=at)


def test_an_action_keeps_its_version_when_the_course_goes_on(at):
    course = a_course("offered")
    action = an_action(course=course)
    course.current = a_version(course, number=2)
    course.save()
    newer = an_action(course=course)
    found = lines(approver_of(course, at), at, course=course.pk)
    assert sorted((line[1], line[2]) for line in found) == [
        ("έκδοση 1", action.title),
        ("έκδοση 2 (σε ισχύ)", newer.title),
    ]
    assert all(line[5:] == (0, 0, 0, 0) for line in found)


def test_nobody_counts_on_a_course_that_is_not_theirs(at):
    course = a_course("offered")
    an_action(course=course)
    assert lines(approver_of(a_course("offered"), at), at) == []


def test_programmes_people_and_attestations_are_counted(at, set_clock, authority):
    set_clock(at)
    programme = completion.a_class(3)
    operations.settle(programme, at=at)
    officer = actor_of(people.officer(), at=at)
    operations.issue(Attestation.objects.first(), actor=officer, at=at)
    course = programme.period.action.course_version.course
    (line,) = lines(approver_of(course, at), at, course=course.pk)
    assert line[5:] == (1, 0, 3, 1)
