"""Questions of room courses."""

from __future__ import annotations

from django.db.models import QuerySet

from didaskaleio.courses import profiles
from didaskaleio.courses.enums import MaterialKind, MaterialState
from didaskaleio.courses.hours import Ratio, problems
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.kernel import journal
from didaskaleio.kernel.models import JournalEntry

WRITTEN = "Συγγραφή"


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
    hours = list(version.units.values_list("hours", flat=True))
    return found + problems(version.hours_total, ratio_of(version), hours)


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


def authors(version: CourseVersion) -> set[int]:
    """The people who wrote in a version, from the journal that nobody can change."""
    rows = JournalEntry.objects.filter(
        subject=journal.label(version), subject_id=version.pk, act__startswith=WRITTEN
    )
    return {pk for pk in rows.values_list("actor_id", flat=True) if pk is not None}


def components(version: CourseVersion) -> dict[str, list[str]]:
    """The nine components as lines of text: for comparing versions."""
    return {
        "Σκοπός": version.purpose.splitlines(),
        "Περιεχόμενο": version.content.splitlines(),
        "Διδακτικοί στόχοι": [row.text for row in version.objectives.all()],
        "Πρόγραμμα σπουδών": [f"{row.title}: {row.hours} ώρες" for row in version.units.all()],
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
