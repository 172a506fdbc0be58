"""Approval (έγκριση) of a version, its revision and its end: the steps of the life cycle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from didaskaleio.courses import queries
from didaskaleio.courses.errors import IncompleteCourseError, OwnWorkError
from didaskaleio.courses.lifecycle import COURSE
from didaskaleio.courses.models import Course, CourseVersion, Finding
from didaskaleio.courses.operations import telling
from didaskaleio.kernel import greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.standards import operations as standards

COURSE.model = Course


def _draft(course: Course) -> CourseVersion:
    if course.draft is None:
        raise Refusal("Δεν υπάρχει έκδοση σε σύνταξη.")
    return course.draft


@COURSE.performs("submit_design")
def submit_design(course: Course, *, actor: Actor, at: datetime) -> None:
    """The design is complete: nine components, hours that add up."""
    standards.require("course.design", course.body_id, actor)
    if missing := queries.gaps(_draft(course)):
        raise IncompleteCourseError(missing)


@COURSE.performs("reopen_design")
def reopen_design(course: Course, *, actor: Actor, at: datetime) -> None:
    """Back to the design."""


@COURSE.performs("submit_material")
def submit_material(course: Course, *, actor: Actor, at: datetime) -> None:
    """Design and material are complete: to approval, and the approvers are told."""
    version = _draft(course)
    standards.require("course.material", course.body_id, actor)
    _require_finished(version)
    _require_complete(version)
    telling.tell_submitted(course, version, at=at)


@COURSE.performs("submit_revision")
def submit_revision(course: Course, *, actor: Actor, at: datetime) -> None:
    """The new version is complete and says what changed."""
    version = _draft(course)
    standards.require("course.material", course.body_id, actor)
    if not version.change_log.strip():
        raise IncompleteCourseError(["Γράψτε τι αλλάζει σε αυτή την έκδοση."])
    if owed := queries.unanswered_findings(course, version):
        raise IncompleteCourseError(owed)
    _require_finished(version)
    _require_complete(version)
    telling.tell_submitted(course, version, at=at)


def _require_finished(version: CourseVersion) -> None:
    """Every remark has its answer and nobody's assigned work is open."""
    if missing := queries.unanswered(version) + queries.unfinished(version):
        raise IncompleteCourseError(missing)


def _require_complete(version: CourseVersion) -> None:
    if missing := queries.gaps(version) + queries.material_gaps(version):
        raise IncompleteCourseError(missing)


@COURSE.performs("return_with_remarks")
def return_with_remarks(course: Course, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Return to the authors; the remarks stand in the journal and in their notice."""
    version = _draft(course)
    parts = [row.get_component_display() for row in queries.open_remarks(version)]
    where = f"\nΣτη σελίδα: {', '.join(dict.fromkeys(parts))}." if parts else ""
    telling.tell_returned(course, version, f"{reason.strip()}{where}", at=at)


@COURSE.performs("approve")
def approve(course: Course, *, actor: Actor, at: datetime) -> None:
    """Approve by somebody who did not write: the version is frozen and becomes the current one."""
    version = _draft(course)
    standards.require("course.approval", course.body_id, actor)
    if actor.user_id in queries.authors(version):
        raise OwnWorkError(
            "Έχετε γράψει σε αυτή την έκδοση, άρα δεν μπορείτε να την εγκρίνετε. "
            "Την εγκρίνει άλλο πρόσωπο.",
            code="own_work",
        )
    if waiting := queries.open_remarks(version).count():
        many = greek.count(waiting, "παρατήρηση", "παρατηρήσεις")
        raise StepRefusedError(
            f"Μένουν ανοιχτές: {many}. Κλείστε όσες απαντήθηκαν ή επιστρέψτε την έκδοση.",
            code="open_remarks",
        )
    _require_complete(version)
    version.frozen_at = at
    version.approved_by_id = actor.user_id
    version.save(update_fields=["frozen_at", "approved_by"])
    course.current, course.draft = version, None
    course.save(update_fields=["current", "draft"])
    journal.write(version, "Εγκρίθηκε και κλείδωσε", actor=actor, at=at)
    telling.tell_approved(course, version, at=at)


@COURSE.performs("link_to_action")
def link_to_action(course: Course, *, actor: Actor, at: datetime) -> None:
    """Offered: actions may be built on it."""


@COURSE.performs("start_revision")
def start_revision(
    course: Course,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    findings: Sequence[Finding] = (),
) -> None:
    """A new draft version, a copy of the current one, that answers ``findings``.

    Running actions keep the old version.
    """
    old = course.current
    if old is None:
        raise Refusal("Δεν υπάρχει εγκεκριμένη έκδοση για αναθεώρηση.")
    course.draft = _copy(old)
    course.save(update_fields=["draft"])
    journal.write(course.draft, f"Νέα έκδοση από την {old}", actor=actor, at=at, reason=reason)
    taken = queries.open_findings(course).filter(pk__in=[row.pk for row in findings])
    taken.update(revision=course.draft)


def _copy(old: CourseVersion) -> CourseVersion:
    """The next version with everything that the old one says; its files are shared."""
    parts = (list(old.objectives.all()), list(old.units.all()), list(old.materials.all()))
    new = CourseVersion.objects.get(pk=old.pk)
    new.pk, new.number = None, old.course.versions.order_by("-number")[0].number + 1
    new.frozen_at, new.approved_by, new.change_log = None, None, ""
    new._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
    new.save()
    for rows in parts:
        for row in rows:
            row.pk, row.version = None, new
            row._state.adding = True  # noqa: SLF001
            row.save()
    return new


@COURSE.performs("retire")
def retire(course: Course, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Retired: its material stays, no new action is built on it."""
