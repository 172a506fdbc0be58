"""The way (σύνδεσμος) from the page of a course to what stands on it."""

from __future__ import annotations

from didaskaleio.courses.models import Course
from didaskaleio.kernel import journal
from didaskaleio.kernel.links import ReportLink, declare

declare(
    ReportLink(
        journal.label(Course),
        "completion.impact",
        "course",
        "course.read",
        excerpt=("version", "action", "state", "programmes", "people", "attested"),
    )
)
