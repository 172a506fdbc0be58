"""Questions about a version (έκδοση): its components in words, its hours, what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from didaskaleio.courses import profiles
from didaskaleio.courses.enums import MaterialKind, MaterialState, SessionMode
from didaskaleio.courses.hours import Ratio, by_mode, problems
from didaskaleio.courses.models import Course, CourseVersion, SyllabusUnit


def ratio_of(version: CourseVersion) -> Ratio:
    """Teaching hours of a version by mode."""
    return Ratio(
        version.hours_face_to_face,
        version.hours_synchronous,
        version.hours_asynchronous,
        version.hours_support,
    )


def gaps(version: CourseVersion) -> list[str]:
    """What the design still lacks: components left empty, hours that do not add up (000 §2)."""
    filled = {
        "Γράψτε σκοπό.": version.purpose,
        "Γράψτε περιεχόμενο.": version.content,
        "Ορίστε προφίλ εκπαιδευομένων.": version.trainee_profile,
        "Ορίστε προφίλ εκπαιδευτών.": version.trainer_profile,
        "Ορίστε φορείς παροχής.": version.providers,
        "Ορίστε τρόπο πιστοποίησης.": version.certification_method,
    }
    found = [sentence for sentence, value in filled.items() if not value]
    if not version.objectives.exists():
        found.append("Προσθέστε έναν τουλάχιστον διδακτικό στόχο.")
    units = list(version.units.values_list("mode", "hours"))
    return found + hours_problems(version, units)


def hours_problems(version: CourseVersion, units: Sequence[tuple[str, int]]) -> list[str]:
    """What does not add up between the hours of a version and ``units``: (mode, hours) of each."""
    hours = [each for _, each in units]
    return problems(version.hours_total, ratio_of(version), hours, by_mode(units))


def material_gaps(version: CourseVersion) -> list[str]:
    """Material that must be there before approval: training, and certification, all ready."""
    rows = list(version.materials.all())
    found = [
        f"«{row.title}» δεν είναι έτοιμο: ανεβάστε το αρχείο."
        for row in rows
        if row.state != MaterialState.READY
    ]
    kinds = {row.kind for row in rows}
    needed = (MaterialKind.TRAINING, MaterialKind.CERTIFICATION)
    return found + [f"Λείπει: {kind.label}." for kind in needed if kind not in kinds]


def unit_in_words(unit: SyllabusUnit) -> str:
    """Ενότητα σε μία γραμμή: title, hours, kind of session, summary."""
    mode = f", {unit.get_mode_display().lower()}" if unit.mode != SessionMode.MIXED else ""
    summary = f". {unit.summary}" if unit.summary else ""
    return f"{unit.title}: {unit.hours} ώρες{mode}{summary}"


def components(version: CourseVersion) -> dict[str, list[str]]:
    """The nine components as lines of text: for comparing versions."""
    return {
        "Σκοπός": version.purpose.splitlines(),
        "Περιεχόμενο": version.content.splitlines(),
        "Διδακτικοί στόχοι": [row.text for row in version.objectives.all()],
        "Πρόγραμμα σπουδών": [unit_in_words(row) for row in version.units.all()],
        "Προφίλ εκπαιδευομένων": profiles.parse(version.trainee_profile).in_words(),
        "Προφίλ εκπαιδευτών": profiles.parse(version.trainer_profile).in_words(),
        "Φορείς παροχής": version.providers.splitlines(),
        "Διδακτικές ώρες": [f"{version.hours_total} ώρες: {ratio_of(version).in_words()}"],
        "Πιστοποίηση": version.certification_method.splitlines(),
        "Υλικό": [
            f"{row.get_kind_display()}: {row.title} ({row.get_state_display()})"
            for row in version.materials.order_by("pk")
        ],
    }


def complete(rows: QuerySet[CourseVersion]) -> QuerySet[CourseVersion]:
    """Versions with everything that their page shows."""
    return rows.select_related("course__body", "approved_by").prefetch_related(
        "objectives", "units", "materials__cluster", "materials__file"
    )


def listed(rows: QuerySet[Course]) -> QuerySet[Course]:
    """Courses as a list shows them, in Greek order."""
    return rows.select_related("body", "draft", "current").order_by("sort_key", "pk")
