"""What authors, approvers and officers must do about courses (εκκρεμότητες)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from didaskaleio.courses.enums import CourseState, Severity
from didaskaleio.courses.lifecycle import COURSE
from didaskaleio.courses.models import Assignment, Course, CourseVersion, Finding
from didaskaleio.courses.operations import WRITABLE
from didaskaleio.courses.queries import WRITTEN, open_work
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, shortened, todos
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import open_posts

AUTHOR_STEPS = {
    "submit_design": "Ολοκλήρωση του σχεδιασμού",
    "submit_material": "Ολοκλήρωση και υποβολή υλικού",
    "submit_revision": "Ολοκλήρωση της αναθεώρησης",
}
RETURNED = "return_with_remarks"


@todos("courses.author")
def of_author(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Courses in design, development or revision; what came back says why."""
    if not actor.holds(Role.AUTHOR):
        return
    for step, words in AUTHOR_STEPS.items():
        rows = _with_last_step(open_rows(COURSE, step, actor))
        yield from shortened(
            rows,
            lambda course, words=words: _writing(course, words),  # type: ignore[misc]
            rest="αντικείμενα προς συγγραφή",
            url=reverse("courses:courses"),
        )


@todos("courses.contributor")
def of_contributor(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Components that were assigned to the person and are not done, with their deadline."""
    if actor.user_id is None:
        return
    rows = open_work(actor.user_id).filter(version__course__state__in=WRITABLE)
    yield from shortened(
        rows,
        _assigned,
        rest="αναθέσεις σε αντικείμενα",
        url=reverse("courses:my-work"),
    )


@todos("courses.approver")
def of_approver(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Courses that wait for approval, but for those in which the person wrote."""
    if not actor.holds(Role.APPROVER):
        return
    own = JournalEntry.objects.filter(
        subject=journal.label(CourseVersion),
        subject_id=OuterRef("draft_id"),
        act__startswith=WRITTEN,
        actor_id=actor.user_id,
    )
    rows = open_rows(COURSE, "approve", actor).filter(~Exists(own)).order_by("sort_key", "pk")
    yield from shortened(
        rows,
        lambda course: Todo("Έγκριση θεματικού αντικειμένου", _page(course), detail=course.title),
        rest="αντικείμενα προς έγκριση",
        url=reverse("courses:courses"),
    )


@todos("courses.officer")
def of_officer(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Approved courses that no action may use yet."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    yield from shortened(
        open_rows(COURSE, "link_to_action", actor).order_by("sort_key", "pk"),
        lambda course: Todo("Διάθεση αντικειμένου σε δράσεις", _page(course), detail=course.title),
        rest="αντικείμενα προς διάθεση",
        url=reverse("courses:courses"),
    )


@todos("courses.findings")
def of_findings(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Courses in force with findings that no revision has taken up, for who may start one."""
    if not actor.holds(Role.AUTHOR):
        return
    waiting = Finding.objects.filter(
        version__course=OuterRef("pk"), revision=None, dismissed=""
    ).exclude(severity=Severity.MINOR)
    rows = open_rows(COURSE, "start_revision", actor).filter(Exists(waiting))
    yield from shortened(
        rows.order_by("sort_key", "pk"),
        lambda course: Todo(
            "Ευρήματα αξιολόγησης που περιμένουν αναθεώρηση",
            reverse("courses:findings", args=[course.pk]),
            detail=course.title,
        ),
        rest="αντικείμενα με ευρήματα",
        url=reverse("courses:courses"),
    )


@todos("courses.team")
def of_team(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Courses that nobody writes, or that wait with nobody to approve them."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    mine = access.visible(actor, "course.team", Course.objects.all())
    author, approver = (
        Exists(open_posts(at).filter(role=role, scope=Scope.COURSE, scope_id=OuterRef("pk")))
        for role in (Role.AUTHOR, Role.APPROVER)
    )
    of_body = open_posts(at).filter(role=Role.APPROVER, scope=Scope.BODY)
    of_body = of_body.filter(scope_id=OuterRef("body_id"))
    for words, rows in (
        ("Ορισμός συντακτικής ομάδας", mine.filter(~author, state__in=WRITABLE)),
        (
            "Ορισμός προσώπου που εγκρίνει",
            mine.filter(~approver, ~Exists(of_body), state=CourseState.IN_APPROVAL),
        ),
    ):
        yield from shortened(
            rows.order_by("sort_key", "pk"),
            lambda course, words=words: Todo(  # type: ignore[misc]
                words, reverse("courses:team", args=[course.pk]), detail=course.title
            ),
            rest="αντικείμενα χωρίς ομάδα",
            url=reverse("courses:courses"),
        )


def _with_last_step(rows: QuerySet[Course]) -> QuerySet[Course]:
    taken = JournalEntry.objects.filter(
        subject=journal.label(Course), subject_id=OuterRef("pk")
    ).exclude(step="")
    last = taken.order_by("-pk")
    return rows.annotate(
        last_step=Subquery(last.values("step")[:1]), last_reason=Subquery(last.values("reason")[:1])
    ).order_by("sort_key", "pk")


def _writing(course: Course, words: str) -> Todo:
    detail = course.title
    if getattr(course, "last_step", "") == RETURNED:
        words = "Διόρθωση αντικειμένου που επιστράφηκε"
        detail = f"{course.title.rstrip('.')}. Παρατηρήσεις: {getattr(course, 'last_reason', '')}"
    return Todo(words, _page(course), detail=detail)


def _assigned(row: Assignment) -> Todo:
    due = datetime.combine(row.due_on, time(23, 59), tzinfo=ATHENS)
    url = f"{_page(row.version.course)}#part-{row.component}"
    return Todo(
        f"Συγγραφή: {row.get_component_display()}", url, due, detail=row.version.course.title
    )


def _page(course: Course) -> str:
    return reverse("courses:course", args=[course.pk])
