"""Questions about findings (ευρήματα): open ones, and what a revision still owes an answer."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from didaskaleio.courses.enums import Severity
from didaskaleio.courses.models import Course, CourseVersion, Finding

HEAVIEST_FIRST = Case(
    *(When(severity=kind, then=Value(n)) for n, kind in enumerate(reversed(Severity.values))),
    output_field=IntegerField(),
)


def findings(course: Course) -> QuerySet[Finding]:
    """Every finding on any version of the course, with its people and its revision."""
    rows = Finding.objects.filter(version__course=course)
    return rows.select_related("version", "revision", "by", "settled_by")


def open_findings(course: Course) -> QuerySet[Finding]:
    """Those that no revision has taken up and nobody dismissed, the heaviest first."""
    rows = findings(course).filter(revision=None, dismissed="")
    return rows.order_by(HEAVIEST_FIRST, "at", "pk")


def unanswered_findings(course: Course, version: CourseVersion) -> list[str]:
    """What a revision owes: an answer to each finding it took up, a decision on critical ones."""
    taken = [f"Απαντήστε στο εύρημα: {row}." for row in version.answers.filter(answer="")]
    critical = open_findings(course).filter(severity=Severity.CRITICAL)
    return taken + [f"Αναλάβετε ή απορρίψτε το κρίσιμο εύρημα: {row}." for row in critical]
