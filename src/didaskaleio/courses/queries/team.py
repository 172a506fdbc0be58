"""Questions about people (ομάδα): who writes, who approves, whose work is assigned and open."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from didaskaleio.courses.enums import Component
from didaskaleio.courses.models import Assignment, Course, CourseVersion
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.people.queries import find_people, holders, open_posts
from didaskaleio.structures.models import ImplementingBody

WRITTEN = "Συγγραφή"


def authors(version: CourseVersion) -> set[int]:
    """The people who wrote in a version, from the journal that nobody can change."""
    rows = JournalEntry.objects.filter(
        subject=journal.label(version), subject_id=version.pk, act__startswith=WRITTEN
    )
    return {pk for pk in rows.values_list("actor_id", flat=True) if pk is not None}


def approvers_of(course: Course, version: CourseVersion, *, at: datetime) -> QuerySet[Person]:
    """The people who may approve ``version``: approvers of course or body who did not write."""
    of_course = holders(Role.APPROVER, Scope.COURSE, course.pk, at=at)
    of_body = holders(Role.APPROVER, Scope.BODY, course.body_id, at=at)
    return (of_course | of_body).exclude(pk__in=authors(version))


def authors_of(course: Course, *, at: datetime) -> QuerySet[Person]:
    """The people who may write the course."""
    return holders(Role.AUTHOR, Scope.COURSE, course.pk, at=at)


def officers_of(course: Course, *, at: datetime) -> QuerySet[Person]:
    """Officers and heads of the body of the course."""
    officers = holders(Role.BODY_OFFICER, Scope.BODY, course.body_id, at=at)
    return officers | holders(Role.BODY_HEAD, Scope.BODY, course.body_id, at=at)


def bodies_of(actor: Actor) -> QuerySet[ImplementingBody]:
    """The bodies for which ``actor`` may open a course."""
    held = actor.scopes(Role.BODY_OFFICER, Scope.BODY) | actor.scopes(Role.BODY_HEAD, Scope.BODY)
    known = [pk for pk in held if pk is not None]
    return ImplementingBody.objects.filter(pk__in=known).order_by("short_name")


def team(course: Course, *, at: datetime) -> QuerySet[Post]:
    """The posts of authors and approvers over the course, in Greek order of the people."""
    posts = open_posts(at).filter(scope=Scope.COURSE, scope_id=course.pk)
    of_team = posts.filter(role__in=(Role.AUTHOR, Role.APPROVER))
    return of_team.select_related("person").order_by("person__sort_key", "person_id", "role")


def may_write(course: Course, version: CourseVersion, part: str, actor: Actor) -> bool:
    """Whether ``actor`` writes ``part``: authors all, a contributor what is theirs and not done."""
    if access.allowed(actor, "course.write", course):
        return True
    open_work = version.assignments.filter(component=part, person=actor.user_id, done_at=None)
    return actor.user_id is not None and open_work.exists()


def writable_parts(course: Course, version: CourseVersion, actor: Actor) -> set[str]:
    """The components that ``actor`` may write, once the version is being written."""
    if access.allowed(actor, "course.write", course):
        return {*Component.values, "changes"}
    mine = version.assignments.filter(person=actor.user_id or 0, done_at=None)
    return set(mine.values_list("component", flat=True))


def unfinished(version: CourseVersion) -> list[str]:
    """Assigned work that is not done yet: finished or taken back before the submission."""
    rows = version.assignments.filter(done_at=None).select_related("person")
    return [f"Εκκρεμεί ανάθεση: {row}." for row in rows]


def work_by_component(version: CourseVersion) -> dict[str, list[Assignment]]:
    """The assigned work of every component, the earliest deadline first."""
    found: dict[str, list[Assignment]] = {part: [] for part in Component.values}
    for row in version.assignments.select_related("person"):
        found[row.component].append(row)
    return found


def open_work(person: int) -> QuerySet[Assignment]:
    """Work that ``person`` owes on versions that are being written."""
    rows = Assignment.objects.filter(person=person, done_at=None)
    rows = rows.filter(version__course__draft=F("version"))
    return rows.select_related("version__course")


def known_people(course: Course, *, at: datetime) -> list[Person]:
    """Who may be given work without a search: the team, and whoever was given some before."""
    posts = team(course, at=at).values("person_id")
    before = Assignment.objects.filter(version__course=course).values("person_id")
    rows = Person.objects.filter(Q(pk__in=posts) | Q(pk__in=before), is_active=True)
    return list(rows.order_by("sort_key", "pk"))


def exactly(text: str) -> Person | None:
    """The active person of this very username or ΑΦΜ; names are not searched."""
    found = find_people(text).filter(is_active=True)
    if not text.isdigit():
        found = found.filter(username=text)
    return found.first()


def work_of(person: int) -> QuerySet[Assignment]:
    """All that was ever assigned to ``person``: what is owed first, by deadline."""
    rows = Assignment.objects.filter(person=person).select_related("version__course")
    return rows.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")
