"""Opening (άνοιγμα) of a course and its team: who writes it, who approves it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people import operations as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.structures.models import ImplementingBody

TEAM = (Role.AUTHOR, Role.APPROVER)


@transaction.atomic
def begin(
    body: ImplementingBody, *, actor: Actor, at: datetime, code: str, title: str, level: str
) -> Course:
    """Νέο θεματικό αντικείμενο: in design, with an empty first version; an officer opens it.

    Refused: a code in use, another body than the officer's.
    """
    course = Course(body=body, code=code, title=title, level=level)
    access.require(actor, "course.offer", course)
    _save(course)
    course.draft = CourseVersion.objects.create(course=course, number=1)
    course.save(update_fields=["draft"])
    journal.write(course, "Νέο θεματικό αντικείμενο", actor=actor, at=at)
    return course


@transaction.atomic
def amend(
    course: Course, *, actor: Actor, at: datetime, code: str, title: str, level: str
) -> Course:
    """Διόρθωση στοιχείων: title, code and level, until a version has been approved.

    Refused: a course with an approved version, a code in use.
    """
    row = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    access.require(actor, "course.offer", row)
    if row.current_id is not None:
        raise Refusal(
            "Το αντικείμενο έχει εγκεκριμένη έκδοση: ο τίτλος, ο κωδικός και το επίπεδο "
            "δεν αλλάζουν. Για άλλο αντικείμενο ανοίξτε νέο."
        )
    row.code, row.title, row.level = code, title, level
    _save(row)
    journal.write(row, f"Στοιχεία: {title} ({code}, {level})"[:200], actor=actor, at=at)
    return row


def _save(course: Course) -> None:
    """Save, or refuse a code in use, also one taken at this very moment."""
    with unless_taken(
        Refusal(f"Υπάρχει ήδη αντικείμενο με κωδικό «{course.code}». Δώστε άλλον κωδικό.")
    ):
        course.save()


@transaction.atomic
def assign(
    course: Course, person: Person, *, role: str, actor: Actor, at: datetime, reason: str
) -> Post:
    """Ορισμός στην ομάδα: ``person`` writes (author) or approves (approver) the course.

    The right is granted as any other (see ``people.operations.grant``), so the person is told.
    """
    access.require(actor, "course.team", course)
    if role not in TEAM:
        raise Refusal("Διαλέξτε αν το πρόσωπο συντάσσει ή εγκρίνει το αντικείμενο.")
    post = people.grant(
        person,
        role=role,
        scope=Scope.COURSE,
        scope_id=course.pk,
        actor=actor,
        at=at,
        reason=reason,
    )
    _record(course, post, "Στην ομάδα", actor=actor, at=at, reason=reason)
    return post


@transaction.atomic
def release(course: Course, post: Post, *, actor: Actor, at: datetime, reason: str) -> None:
    """Αποχώρηση από την ομάδα: the post over the course ends; what was written stays."""
    access.require(actor, "course.team", course)
    if post.role not in TEAM or (post.scope, post.scope_id) != (Scope.COURSE, course.pk):
        raise Refusal("Ο ρόλος δεν είναι της ομάδας αυτού του αντικειμένου.")
    people.withdraw(post, actor=actor, at=at, reason=reason)
    _record(course, post, "Εκτός ομάδας", actor=actor, at=at, reason=reason)


def _record(
    course: Course, post: Post, act: str, *, actor: Actor, at: datetime, reason: str
) -> None:
    what = f"{act}: {post.person} ({Role(post.role).label})"[:200]
    journal.write(course, what, actor=actor, at=at, reason=reason, post=post.pk)
