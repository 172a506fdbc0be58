"""Acts of room courses: writing a version, its approval, its revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.enums import CourseState, MaterialKind, MaterialState
from didaskaleio.courses.errors import FrozenVersionError, IncompleteCourseError, OwnWorkError
from didaskaleio.courses.lifecycle import COURSE
from didaskaleio.courses.models import Course, CourseVersion, Material, Objective, SyllabusUnit
from didaskaleio.kernel import access, files, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.structures.models import Cluster, ImplementingBody

COURSE.model = Course
WRITABLE = {CourseState.DESIGN, CourseState.DEVELOPMENT, CourseState.UNDER_REVISION}
MATERIAL_FILE = files.declare(
    files.Kind(
        "courses.material",
        "Υλικό θεματικού αντικειμένου",
        "course.read",
        (files.PDF, "application/zip", *files.IMAGES),
        limit=50 * files.MEGABYTE,
    )
)
TEXTS = (
    "purpose",
    "content",
    "providers",
    "certification_method",
    "change_log",
    "hours_total",
    "hours_face_to_face",
    "hours_synchronous",
    "hours_asynchronous",
    "hours_support",
)


@transaction.atomic
def begin(
    body: ImplementingBody, *, actor: Actor, at: datetime, code: str, title: str, level: str
) -> Course:
    """A new course of a body in design, with an empty first version; an officer opens it."""
    if Course.objects.filter(code=code).exists():
        raise Refusal(f"Υπάρχει ήδη αντικείμενο με κωδικό «{code}». Δώστε άλλον κωδικό.")
    course = Course(body=body, code=code, title=title, level=level)
    access.require(actor, "course.offer", course)
    course.save()
    course.draft = CourseVersion.objects.create(course=course, number=1)
    course.save(update_fields=["draft"])
    journal.write(course, "Νέο θεματικό αντικείμενο", actor=actor, at=at)
    return course


def _held(version: CourseVersion, actor: Actor) -> CourseVersion:
    """The version locked, open to this author."""
    row = CourseVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    course = Course.objects.select_for_update(of=("self",)).get(pk=row.course_id)
    access.require(actor, "course.write", course)
    if row.frozen_at is not None or course.draft_id != row.pk or course.state not in WRITABLE:
        raise FrozenVersionError(
            f"Η {row} δεν αλλάζει (κατάσταση: {CourseState(course.state).label}). "
            "Αλλαγές γίνονται μόνο σε έκδοση που συντάσσεται."
        )
    return row


def _written(version: CourseVersion, what: str, *, actor: Actor, at: datetime) -> None:
    journal.write(version, f"{queries.WRITTEN}: {what}", actor=actor, at=at)


@transaction.atomic
def write(version: CourseVersion, *, actor: Actor, at: datetime, **values: Any) -> CourseVersion:
    """Change texts and hours of the version being written."""
    row = _held(version, actor)
    changed = [name for name in TEXTS if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
        _written(row, "κείμενα και ώρες", actor=actor, at=at)
    return row


@transaction.atomic
def write_objectives(
    version: CourseVersion, texts: Sequence[str], *, actor: Actor, at: datetime
) -> None:
    """Replace the learning objectives, in the order given; empty lines are left out."""
    row = _held(version, actor)
    row.objectives.all().delete()
    kept = [text.strip() for text in texts if text.strip()]
    Objective.objects.bulk_create(
        Objective(version=row, order=order, text=text) for order, text in enumerate(kept, 1)
    )
    _written(row, "διδακτικοί στόχοι", actor=actor, at=at)


@transaction.atomic
def write_units(
    version: CourseVersion, units: Sequence[dict[str, Any]], *, actor: Actor, at: datetime
) -> None:
    """Replace the units of the syllabus: title, summary, hours; in the order given."""
    row = _held(version, actor)
    row.units.all().delete()
    SyllabusUnit.objects.bulk_create(
        SyllabusUnit(
            version=row,
            order=order,
            title=unit["title"],
            summary=unit.get("summary", ""),
            hours=unit["hours"],
        )
        for order, unit in enumerate(units, 1)
    )
    _written(row, "πρόγραμμα σπουδών", actor=actor, at=at)


@transaction.atomic
def write_profile(
    version: CourseVersion,
    which: str,
    rules: Sequence[dict[str, Any]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Replace the profile of ``trainee`` or ``trainer`` by rules that are read first."""
    row = _held(version, actor)
    profiles.parse(rules)
    name = f"{which}_profile"
    setattr(row, name, list(rules))
    row.save(update_fields=[name])
    who = "εκπαιδευομένων" if which == "trainee" else "εκπαιδευτών"
    _written(row, f"προφίλ {who}", actor=actor, at=at)


@transaction.atomic
def plan_material(
    version: CourseVersion,
    *,
    actor: Actor,
    at: datetime,
    kind: MaterialKind,
    title: str,
    cluster: Cluster | None = None,
) -> Material:
    """Foresee a piece of material, possibly for one cluster."""
    row = _held(version, actor)
    made = Material.objects.create(version=row, kind=kind, title=title, cluster=cluster)
    _written(row, f"υλικό «{title}»", actor=actor, at=at)
    return made


@transaction.atomic
def upload_material(
    material: Material,
    upload: BinaryIO | Any,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    ready: bool,
) -> Material:
    """Put a file in the place of a piece of material, as a draft or ready."""
    version = _held(material.version, actor)
    course = version.course
    material.file = files.accept(MATERIAL_FILE, upload, name, course, actor=actor, at=at)
    material.state = MaterialState.READY if ready else MaterialState.DRAFT
    material.save(update_fields=["file", "state"])
    _written(version, f"αρχείο «{material.title}»", actor=actor, at=at)
    return material


@transaction.atomic
def mark_ready(material: Material, *, actor: Actor, at: datetime) -> None:
    """Declare a draft file ready."""
    version = _held(material.version, actor)
    if material.file_id is None:
        raise Refusal("Το υλικό δεν έχει αρχείο. Ανεβάστε το πρώτα.")
    material.state = MaterialState.READY
    material.save(update_fields=["state"])
    _written(version, f"έτοιμο «{material.title}»", actor=actor, at=at)


@transaction.atomic
def drop_material(material: Material, *, actor: Actor, at: datetime) -> None:
    """Take a piece of material out of the version being written."""
    version = _held(material.version, actor)
    title = material.title
    material.delete()
    _written(version, f"αφαιρέθηκε «{title}»", actor=actor, at=at)


def _draft(course: Course) -> CourseVersion:
    if course.draft is None:
        raise Refusal("Δεν υπάρχει έκδοση σε σύνταξη.")
    return course.draft


@COURSE.performs("submit_design")
def submit_design(course: Course, *, actor: Actor, at: datetime) -> None:
    """The design is complete: nine components, hours that add up."""
    if missing := queries.gaps(_draft(course)):
        raise IncompleteCourseError(missing)


@COURSE.performs("reopen_design")
def reopen_design(course: Course, *, actor: Actor, at: datetime) -> None:
    """Back to the design."""


@COURSE.performs("submit_material")
def submit_material(course: Course, *, actor: Actor, at: datetime) -> None:
    """Design and material are complete: to approval."""
    _require_complete(_draft(course))


@COURSE.performs("submit_revision")
def submit_revision(course: Course, *, actor: Actor, at: datetime) -> None:
    """The new version is complete and says what changed."""
    version = _draft(course)
    if not version.change_log.strip():
        raise IncompleteCourseError(["Γράψτε τι αλλάζει σε αυτή την έκδοση."])
    _require_complete(version)


def _require_complete(version: CourseVersion) -> None:
    if missing := queries.gaps(version) + queries.material_gaps(version):
        raise IncompleteCourseError(missing)


@COURSE.performs("return_with_remarks")
def return_with_remarks(course: Course, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Return to the authors; the remarks stand in the journal."""


@COURSE.performs("approve")
def approve(course: Course, *, actor: Actor, at: datetime) -> None:
    """Approve by somebody who did not write: the version is frozen and becomes the current one."""
    version = _draft(course)
    if actor.user_id in queries.authors(version):
        raise OwnWorkError(
            "Έχετε γράψει σε αυτή την έκδοση, άρα δεν μπορείτε να την εγκρίνετε. "
            "Την εγκρίνει άλλο πρόσωπο.",
            code="own_work",
        )
    _require_complete(version)
    version.frozen_at = at
    version.approved_by_id = actor.user_id
    version.save(update_fields=["frozen_at", "approved_by"])
    course.current, course.draft = version, None
    course.save(update_fields=["current", "draft"])
    journal.write(version, "Εγκρίθηκε και κλείδωσε", actor=actor, at=at)


@COURSE.performs("link_to_action")
def link_to_action(course: Course, *, actor: Actor, at: datetime) -> None:
    """Offered: actions may be built on it."""


@COURSE.performs("start_revision")
def start_revision(course: Course, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """A new draft version, a copy of the current one; running actions keep the old."""
    old = course.current
    if old is None:
        raise Refusal("Δεν υπάρχει εγκεκριμένη έκδοση για αναθεώρηση.")
    course.draft = _copy(old)
    course.save(update_fields=["draft"])
    journal.write(course.draft, f"Νέα έκδοση από την {old}", actor=actor, at=at, reason=reason)


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
