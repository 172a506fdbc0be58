"""Contributors (συντελεστές): a component given to a person by a day, finished, taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.courses import notices, queries
from didaskaleio.courses.enums import Component
from didaskaleio.courses.models import Assignment, Course, CourseVersion
from didaskaleio.courses.operations.writing import WRITABLE
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.lifecycle import chore
from didaskaleio.kernel.notices import Kind, Message, send
from didaskaleio.people.models import Person

DAYS_BEFORE = 2


@transaction.atomic
def assign_work(
    version: CourseVersion,
    *,
    component: str,
    person: Person,
    due_on: date,
    task: str,
    actor: Actor,
    at: datetime,
) -> Assignment:
    """Ανάθεση of one component; the person is told and may write it until it is done.

    Refused: a day that has passed, no words, the same component to the same person twice.
    """
    row = _held(version, actor, "course.assign")
    part = queries.component(component)
    _still_ahead(due_on, at)
    if not task.strip():
        raise Refusal("Γράψτε τι ζητάτε από το πρόσωπο.")
    made, fresh = Assignment.objects.get_or_create(
        version=row,
        component=part,
        person=person,
        defaults={"task": task.strip(), "due_on": due_on, "by_id": actor.person_id, "at": at},
    )
    if not fresh:
        raise Refusal(f"Υπάρχει ήδη η ανάθεση «{made}». Αλλάξτε την προθεσμία της.")
    _told(made, notices.ASSIGNED, notices.TO_CONTRIBUTE, [person.pk], at)
    _recorded(made, "Ανάθεση", actor=actor, at=at, reason=made.task)
    return made


@transaction.atomic
def finish_work(assignment: Assignment, *, actor: Actor, at: datetime) -> None:
    """Ολοκλήρωση by the person, or for them by who assigns; who assigned is told, once."""
    row = _open(assignment, actor)
    if row.done_at is not None:
        return
    row.done_at = at
    row.save(update_fields=["done_at"])
    if row.by_id != actor.user_id:
        _told(row, notices.FINISHED, notices.TO_COORDINATOR, [row.by_id], at)
    _recorded(row, "Ολοκληρώθηκε ανάθεση", actor=actor, at=at)


@transaction.atomic
def extend_work(
    assignment: Assignment, *, due_on: date, reason: str, actor: Actor, at: datetime
) -> None:
    """Νέα προθεσμία, also of work that was done and must be taken up again."""
    row = _open(assignment, actor, "course.assign")
    _still_ahead(due_on, at)
    row.due_on, row.done_at, row.reminded_at = due_on, None, None
    row.save(update_fields=["due_on", "done_at", "reminded_at"])
    _told(row, notices.ASSIGNED, notices.TO_CONTRIBUTE_AGAIN, [row.person_id], at, reason)
    _recorded(row, "Νέα προθεσμία", actor=actor, at=at, reason=reason)


@transaction.atomic
def withdraw_work(assignment: Assignment, *, reason: str, actor: Actor, at: datetime) -> None:
    """Ανάκληση of the assignment; what was written stays, the person is told why."""
    row = _open(assignment, actor, "course.assign")
    if not reason.strip():
        raise Refusal("Γράψτε γιατί ανακαλείται η ανάθεση.")
    _told(row, notices.TAKEN_BACK, notices.NO_MORE, [row.person_id], at, reason)
    _recorded(row, "Ανακλήθηκε ανάθεση", actor=actor, at=at, reason=reason)
    row.delete()


@chore("courses.remind_work")
def remind_work(at: datetime) -> int:
    """Remind once, two days before the deadline, whoever has not finished."""
    today = localdate(at)
    near = Assignment.objects.filter(
        done_at=None,
        reminded_at=None,
        due_on__range=(today, today + timedelta(days=DAYS_BEFORE)),
        version__course__state__in=WRITABLE,
    )
    with transaction.atomic():
        rows = list(near.order_by("pk").select_for_update(of=("self",)))
        for row in rows:
            _told(row, notices.REMINDED, notices.SOON, [row.person_id], at)
            row.reminded_at = at
            row.save(update_fields=["reminded_at"])
    return len(rows)


def _held(version: CourseVersion, actor: Actor, permission: str) -> CourseVersion:
    """The version, its course locked, that is being written and on which ``actor`` may act."""
    course = Course.objects.select_for_update(of=("self",)).get(versions=version.pk)
    access.require(actor, permission, course)
    if course.draft_id != version.pk or course.state not in WRITABLE:
        raise Refusal("Αναθέσεις γίνονται και αλλάζουν όσο η έκδοση συντάσσεται.")
    return version


def _open(assignment: Assignment, actor: Actor, permission: str = "") -> Assignment:
    """The assignment locked; without ``permission`` it is the person's own, or who assigns."""
    own = not permission and assignment.person_id == actor.user_id
    _held(assignment.version, actor, "course.contribute" if own else "course.assign")
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("version__course").get(pk=assignment.pk)


def _still_ahead(due_on: date, at: datetime) -> None:
    if due_on < localdate(at):
        raise Refusal("Η προθεσμία έχει περάσει. Δώστε τη σημερινή ή μεταγενέστερη ημέρα.")


def _told(
    row: Assignment, kind: Kind, words: str, people: list[int], at: datetime, reason: str = ""
) -> None:
    part, course = Component(row.component).label, row.version.course
    text = words.format(
        part=part,
        course=course,
        due=greek.short_date(row.due_on),
        task=row.task,
        person=row.person,
        reason=reason.strip(),
    )
    url = reverse("courses:course", args=[course.pk]) + f"#part-{row.component}"
    news = f"{kind.name}:{row.pk}:{row.due_on}:{at.isoformat()}"
    send(kind, [Message(pk, f"{kind.title}: {part}", text, news, url) for pk in people], at=at)


def _recorded(row: Assignment, act: str, *, actor: Actor, at: datetime, reason: str = "") -> None:
    what = f"{act}: {row}, έως {greek.short_date(row.due_on)}"[:200]
    journal.write(row.version, what, actor=actor, at=at, reason=reason, assignment=row.pk)
