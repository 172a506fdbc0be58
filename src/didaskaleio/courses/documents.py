"""Documents (έγγραφα) of an approved version: its sheet and its slides, typeset once and kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.enums import SessionMode
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.kernel import files, greek, journal, typesetting
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import StoredFile

TYPST = Path(__file__).parent / "typst"
TEMPLATES = {"sheet": TYPST / "sheet.typ", "slides": TYPST / "slides.typ"}
NAMES = {"sheet": "kartela", "slides": "parousiasi"}
MADE = {
    "sheet": files.declare(
        files.Kind("courses.sheet", "Καρτέλα αντικειμένου", "course.sheet", (files.PDF,))
    ),
    "slides": files.declare(
        files.Kind("courses.slides", "Διαφάνειες αντικειμένου", "course.sheet", (files.PDF,))
    ),
}


def made(course: Course, which: str, *, at: datetime) -> StoredFile:
    """The PDF ``which`` (sheet or slides) of the version in force; a frozen version has one.

    Raises ValueError for a course without an approved version.
    """
    version = course.current
    if version is None or version.frozen_at is None:
        raise ValueError(f"{course.code} has no approved version")
    kind = MADE[which]
    name = f"{NAMES[which]}-{course.code}-{version.number}.pdf"
    held = StoredFile.objects.filter(
        kind=kind.name, subject=journal.label(course), subject_id=course.pk, name=name
    )
    if (found := held.order_by("pk").first()) is not None:
        return found
    content = typesetting.render(TEMPLATES[which], data_of(version), at=version.frozen_at)
    return files.store(kind, content, name, course, actor=SYSTEM, at=at)


def data_of(version: CourseVersion) -> dict[str, Any]:
    """Everything that the public page says, as plain data for the templates."""
    course = version.course
    day = greek.short_date(version.frozen_at.astimezone(ATHENS).date()) if version.frozen_at else ""
    return {
        "document": {
            "title": course.title,
            "authority": [course.body.name],
            "place": f"Επίπεδο {course.level.replace('B', 'Β')}",
            "date": f"{version}",
            "number_label": "Εγκρίθηκε:",
            "number": day,
        },
        "code": course.code,
        "purpose": version.purpose,
        "content": version.content,
        "objectives": [row.text for row in version.objectives.all()],
        "units": [_unit(row) for row in version.units.all()],
        "hours": f"{version.hours_total} ώρες: {queries.ratio_of(version).in_words()}",
        "trainees": profiles.parse(version.trainee_profile).in_words(),
        "trainers": profiles.parse(version.trainer_profile).in_words(),
        "providers": version.providers,
        "certification": version.certification_method,
    }


def _unit(row: Any) -> list[str]:
    mode = "–" if row.mode == SessionMode.MIXED else row.get_mode_display()
    return [f"{row.order}. {row.title}", mode, str(row.hours)]
