"""Races on PostgreSQL: one code, one right, an approval beside a late change of the author."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest

from didaskaleio.courses import operations
from didaskaleio.courses.errors import FrozenVersionError
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people import operations as people_operations
from didaskaleio.people import queries as people_queries
from didaskaleio.people.errors import AccountTakenError, AlreadyHeldError, LastOperatorError
from didaskaleio.people.models import Person, Post
from tests.factories import people
from tests.factories.courses import a_course
from tests.factories.structures import a_body
from tests.races.together import at_once, refusals

NOW = datetime(2022, 12, 12, 10, tzinfo=ATHENS)
WHY = {"at": NOW, "reason": "Απόφαση 5/2023"}
pytestmark = pytest.mark.race


def actor(person):
    return people_queries.actor_of(person, at=NOW)


def held(role, course):
    person = people.a_person()
    people.a_post(person, role, "course", course)
    return actor(person)


def refused(outcomes):
    return [type(refusal) for refusal in refusals(outcomes)]


def test_two_officers_who_open_one_code_at_once_make_one_course(committed_db):
    officers, body = [actor(people.officer()) for _ in range(4)], a_body()
    facts = {"at": NOW, "code": "b2-neo", "title": "Νέο", "level": "B2"}
    outcomes = at_once(
        [lambda who=who: operations.begin(body, actor=who, **facts) for who in officers]
    )
    assert refused(outcomes) == [Refusal] * 3
    assert Course.objects.filter(code="b2-neo").count() == 1
    assert CourseVersion.objects.filter(course__code="b2-neo").count() == 1


def submitted():
    """A course in approval, complete, with its author and its approver."""
    course = a_course("development")
    author, approver = held("author", course), held("approver", course)
    for material in course.draft.materials.all():
        file = BytesIO(b"%PDF-1.7\n1 0 obj\n")
        operations.upload_material(material, file, "yliko.pdf", actor=author, at=NOW, ready=True)
    operations.submit_material(course, actor=author, at=NOW)
    return course, author, approver


def test_an_approval_beside_a_late_change_goes_through_and_the_change_does_not(committed_db):
    for _ in range(6):
        course, author, approver = submitted()
        version, again = course.draft, Course.objects.get(pk=course.pk)
        outcomes = at_once(
            [
                lambda v=version, who=author: operations.write(
                    v, purpose="Άλλος", actor=who, at=NOW
                ),
                lambda c=again, who=approver: operations.approve(c, actor=who, at=NOW),
            ]
        )
        assert refused(outcomes) == refused(outcomes[:1]) == [FrozenVersionError]
        version.refresh_from_db()
        assert version.frozen_at == NOW
        assert version.purpose != "Άλλος"


def test_a_change_beside_a_return_is_either_written_or_refused(committed_db):
    course, author, approver = submitted()
    version, again = course.draft, Course.objects.get(pk=course.pk)
    outcomes = at_once(
        [
            lambda: operations.write(version, purpose="Άλλος", actor=author, at=NOW),
            lambda: operations.return_with_remarks(again, actor=approver, **WHY),
        ]
    )
    assert refused(outcomes[1:]) == []
    assert refused(outcomes) in ([], [FrozenVersionError])
    version.refresh_from_db()
    assert (version.purpose == "Άλλος") == (refused(outcomes) == [])


def test_one_right_granted_twice_at_once_is_one_post(committed_db):
    person, course = people.a_person(), a_course("design")
    officers = [actor(people.officer()) for _ in range(3)]
    outcomes = at_once(
        [
            lambda who=who: operations.assign(course, person, role="author", actor=who, **WHY)
            for who in officers
        ]
    )
    assert refused(outcomes) == [AlreadyHeldError] * 2
    assert Post.objects.filter(person=person).count() == 1


def test_one_user_name_opened_twice_at_once_is_one_account(committed_db):
    facts = {"surname": "Α", "given_name": "Β", "actor": SYSTEM, "at": NOW}
    outcomes = at_once(
        [
            lambda n=n: people_operations.open_account("nea", email=f"{n}@example.org", **facts)
            for n in range(3)
        ]
    )
    assert refused(outcomes) == [AccountTakenError] * 2
    assert Person.objects.filter(username="nea").count() == 1


def test_two_operators_who_close_each_other_at_once_leave_one(committed_db):
    one, two = people.an_operator(), people.an_operator()
    outcomes = at_once(
        [
            lambda: people_operations.close_account(two, actor=actor(one), **WHY),
            lambda: people_operations.close_account(one, actor=actor(two), **WHY),
        ]
    )
    assert refused(outcomes) == [LastOperatorError]
    assert Person.objects.filter(pk__in=[one.pk, two.pk], is_active=True).count() == 1
