"""News of a course (ειδοποιήσεις): who must know of its submission, return and approval."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from didaskaleio.courses import notices, queries
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.kernel.notices import Kind, Message, send
from didaskaleio.people.models import Person


def tell_submitted(course: Course, version: CourseVersion, *, at: datetime) -> None:
    """The approvers; where there is none who may approve, those who can name one."""
    approvers = list(queries.approvers_of(course, version, at=at))
    if approvers:
        text = notices.TO_APPROVE.format(course=course, version=version)
        _tell(notices.SUBMITTED, approvers, course, text, at)
        return
    text = notices.NAME_AN_APPROVER.format(course=course)
    officers = queries.officers_of(course, at=at)
    _tell(notices.NO_APPROVER, officers, course, text, at, page="courses:team")


def tell_returned(course: Course, version: CourseVersion, remarks: str, *, at: datetime) -> None:
    """The authors, with the remarks."""
    text = notices.TO_CORRECT.format(course=course, version=version, remarks=remarks.strip())
    _tell(notices.RETURNED, queries.authors_of(course, at=at), course, text, at)


def tell_approved(course: Course, version: CourseVersion, *, at: datetime) -> None:
    """The authors, and the officers who offer the course to actions."""
    authors = list(queries.authors_of(course, at=at))
    text = notices.TO_AUTHORS.format(course=course, version=version)
    _tell(notices.APPROVED, authors, course, text, at)
    others = queries.officers_of(course, at=at).exclude(pk__in=[person.pk for person in authors])
    text = notices.TO_OFFER.format(course=course, version=version)
    _tell(notices.APPROVED, others, course, text, at)


def _tell(
    kind: Kind,
    people: Iterable[Person],
    course: Course,
    text: str,
    at: datetime,
    *,
    page: str = "courses:course",
) -> None:
    url = reverse(page, args=[course.pk])
    news = f"{kind.name}:{course.pk}:{at.isoformat()}"
    title = f"{kind.title}: {course}"
    send(kind, [Message(person.pk, title, text, news, url) for person in people], at=at)
