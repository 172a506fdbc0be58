"""Review (κρίση) of a version: remarks on its components, their answers, their resolution."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from didaskaleio.courses import queries
from didaskaleio.courses.enums import Component, CourseState
from didaskaleio.courses.models import Course, CourseVersion, Remark
from didaskaleio.courses.operations.writing import WRITABLE
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.models import Person


def _open(version: CourseVersion, actor: Actor, permission: str) -> Course:
    """The course locked, with ``version`` as the draft on which ``actor`` may act."""
    course = Course.objects.select_for_update(of=("self",)).get(versions=version.pk)
    access.require(actor, permission, course)
    if course.draft_id != version.pk:
        raise Refusal("Η έκδοση έχει κλειδώσει: οι παρατηρήσεις της μένουν όπως είναι.")
    return course


def _in_approval(course: Course) -> None:
    if course.state != CourseState.IN_APPROVAL:
        raise Refusal(
            "Παρατηρήσεις γράφονται και κλείνουν όσο η έκδοση είναι προς έγκριση. "
            "Περιμένετε την υποβολή της."
        )


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refusal("Γράψτε το κείμενο πριν το στείλετε.")
    return said


@transaction.atomic
def remark(
    version: CourseVersion, *, component: str, text: str, actor: Actor, at: datetime
) -> Remark:
    """Παρατήρηση on one component, by who may approve, while the version is in approval."""
    course = _open(version, actor, "course.approve")
    _in_approval(course)
    part, judge = queries.component(component), Person.objects.get(pk=actor.user_id or 0)
    made = Remark.objects.create(version=version, component=part, text=_said(text), by=judge, at=at)
    journal.write(version, f"Παρατήρηση: {part.label}", actor=actor, at=at, remark=made.pk)
    return made


@transaction.atomic
def answer(remark: Remark, *, text: str, actor: Actor, at: datetime) -> Remark:
    """Απάντηση of who writes the component, while the version is written again."""
    course = _open(remark.version, actor, "course.contribute")
    row = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if not queries.may_write(course, row.version, row.component, actor):
        raise PermissionDenied(row.component)
    if course.state not in WRITABLE:
        raise Refusal("Απαντάτε όσο η έκδοση είναι στη συντακτική ομάδα.")
    if row.resolved_at is not None:
        raise Refusal("Η παρατήρηση έχει κλείσει· δεν χρειάζεται απάντηση.")
    row.answer, row.answered_by_id, row.answered_at = _said(text), actor.user_id, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    part = Component(row.component).label
    journal.write(row.version, f"Απάντηση: {part}", actor=actor, at=at, remark=row.pk)
    return row


@transaction.atomic
def resolve(remark: Remark, *, actor: Actor, at: datetime) -> None:
    """Κλείσιμο: who may approve is content; a remark that is closed stays closed."""
    course = _open(remark.version, actor, "course.approve")
    _in_approval(course)
    row = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if row.resolved_at is not None:
        return
    row.resolved_by_id, row.resolved_at = actor.user_id, at
    row.save(update_fields=["resolved_by", "resolved_at"])
    part = Component(row.component).label
    journal.write(row.version, f"Έκλεισε παρατήρηση: {part}", actor=actor, at=at, remark=row.pk)
