"""Writing (συγγραφή) of a version: texts, objectives, units, profiles, material."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.enums import (
    KIT,
    Component,
    CourseState,
    MaterialKind,
    MaterialState,
    SessionMode,
)
from didaskaleio.courses.errors import FrozenVersionError
from didaskaleio.courses.models import Course, CourseVersion, Material, Objective, SyllabusUnit
from didaskaleio.kernel import access, files, journal, packages
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.structures.models import Cluster

WRITABLE = {CourseState.DESIGN, CourseState.DEVELOPMENT, CourseState.UNDER_REVISION}
MATERIAL_FILE = files.declare(
    files.Kind(
        "courses.material",
        "Υλικό θεματικού αντικειμένου",
        "course.read",
        (files.PDF, packages.ZIP, *files.PRESENTATIONS, *files.IMAGES),
        limit=50 * files.MEGABYTE,
    )
)
KIT_FILE = files.declare(
    files.Kind(
        "courses.kit",
        "Πακέτο παρουσίασης αντικειμένου",
        "course.kit",
        (files.PDF, packages.ZIP, *files.PRESENTATIONS, *files.IMAGES),
        limit=50 * files.MEGABYTE,
    )
)
TEXTS = {
    "texts": ("purpose", "content"),
    "hours": (
        "hours_total",
        "hours_face_to_face",
        "hours_synchronous",
        "hours_asynchronous",
        "hours_support",
    ),
    "providers": ("providers",),
    "certification": ("certification_method",),
    "changes": ("change_log",),
}
PARTS = {
    "texts": "σκοπός και περιεχόμενο",
    "hours": "διδακτικές ώρες",
    "providers": "φορείς παροχής",
    "certification": "πιστοποίηση",
    "changes": "τι αλλάζει",
    "objectives": "διδακτικοί στόχοι",
    "units": "πρόγραμμα σπουδών",
    "trainee": "προφίλ εκπαιδευομένων",
    "trainer": "προφίλ εκπαιδευτών",
}


def act_of(part: str) -> str:
    """What the journal says of writing a part: a component, or what the version changes."""
    return f"{queries.WRITTEN}: {PARTS[part]}"


def _unchanged(version: CourseVersion, actor: Actor, part: str, seen: int | None) -> CourseVersion:
    """The version held, if nobody wrote the same part after entry ``seen`` of the journal."""
    row = _held(version, actor, part)
    journal.require_latest(row, act_of(part), seen)
    return row


def _held(version: CourseVersion, actor: Actor, part: str) -> CourseVersion:
    """The version locked, its ``part`` open to this person."""
    # the course first, as every step of its life cycle does: an approval may run beside
    course = Course.objects.select_for_update(of=("self",)).get(versions=version.pk)
    row = CourseVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if row.frozen_at is not None or course.draft_id != row.pk or course.state not in WRITABLE:
        access.require(actor, "course.contribute", course)
        raise FrozenVersionError(
            f"Η {row} δεν αλλάζει (κατάσταση: {CourseState(course.state).label}). "
            "Αλλαγές γίνονται μόνο σε έκδοση που συντάσσεται."
        )
    if not (actor.is_system or queries.may_write(course, row, part, actor)):
        raise PermissionDenied(part)
    return row


def _written(version: CourseVersion, what: str, *, actor: Actor, at: datetime) -> None:
    journal.write(version, f"{queries.WRITTEN}: {what}", actor=actor, at=at)


@transaction.atomic
def write(
    version: CourseVersion, *, actor: Actor, at: datetime, seen: int | None = None, **values: Any
) -> CourseVersion:
    """Change texts and hours of the version being written, each part by who may write it."""
    row = version
    for part, names in TEXTS.items():
        given = {name: values[name] for name in names if name in values}
        if given:
            row = _write_part(version, part, given, actor=actor, at=at, seen=seen)
    return row


def _write_part(
    version: CourseVersion,
    part: str,
    given: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None,
) -> CourseVersion:
    row = _unchanged(version, actor, part, seen)
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        row.save(update_fields=changed)
        _written(row, PARTS[part], actor=actor, at=at)
    return row


@transaction.atomic
def write_objectives(
    version: CourseVersion,
    texts: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Replace the learning objectives, in the order given; empty lines are left out."""
    row = _unchanged(version, actor, "objectives", seen)
    row.objectives.all().delete()
    kept = [text.strip() for text in texts if text.strip()]
    Objective.objects.bulk_create(
        Objective(version=row, order=order, text=text) for order, text in enumerate(kept, 1)
    )
    _written(row, PARTS["objectives"], actor=actor, at=at)


@transaction.atomic
def write_units(
    version: CourseVersion,
    units: Sequence[dict[str, Any]],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Replace the units of the syllabus: title, summary, hours, mode; in order."""
    row = _unchanged(version, actor, "units", seen)
    row.units.all().delete()
    SyllabusUnit.objects.bulk_create(
        SyllabusUnit(
            version=row,
            order=order,
            title=unit["title"],
            summary=unit.get("summary", ""),
            hours=unit["hours"],
            mode=unit.get("mode") or SessionMode.MIXED,
        )
        for order, unit in enumerate(units, 1)
    )
    _written(row, PARTS["units"], actor=actor, at=at)


@transaction.atomic
def write_profile(
    version: CourseVersion,
    which: str,
    rules: Sequence[dict[str, Any]],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Replace the profile of ``trainee`` or ``trainer`` by rules that are read first."""
    row = _unchanged(version, actor, which, seen)
    profiles.parse(rules)
    name = f"{which}_profile"
    setattr(row, name, list(rules))
    row.save(update_fields=[name])
    _written(row, PARTS[which], actor=actor, at=at)


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
    row = _held(version, actor, Component.MATERIAL)
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
    version = _held(material.version, actor, Component.MATERIAL)
    course = version.course
    kind = KIT_FILE if material.kind in KIT else MATERIAL_FILE
    material.file = files.accept(kind, upload, name, course, actor=actor, at=at)
    material.state = MaterialState.READY if ready else MaterialState.DRAFT
    material.save(update_fields=["file", "state"])
    _written(version, f"αρχείο «{material.title}»", actor=actor, at=at)
    return material


@transaction.atomic
def mark_ready(material: Material, *, actor: Actor, at: datetime) -> None:
    """Declare a draft file ready."""
    version = _held(material.version, actor, Component.MATERIAL)
    if material.file_id is None:
        raise Refusal("Το υλικό δεν έχει αρχείο. Ανεβάστε το πρώτα.")
    material.state = MaterialState.READY
    material.save(update_fields=["state"])
    _written(version, f"έτοιμο «{material.title}»", actor=actor, at=at)


@transaction.atomic
def drop_material(material: Material, *, actor: Actor, at: datetime) -> None:
    """Take a piece of material out of the version being written."""
    version = _held(material.version, actor, Component.MATERIAL)
    title = material.title
    material.delete()
    _written(version, f"αφαιρέθηκε «{title}»", actor=actor, at=at)
