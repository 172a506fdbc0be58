"""Training actions (επιμορφωτικές δράσεις): lists, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from didaskaleio.courses.enums import CourseState
from didaskaleio.courses.models import CourseVersion
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.queries.plans import course_gaps


def listed(rows: QuerySet[TrainingAction]) -> QuerySet[TrainingAction]:
    """Actions as a list shows them, the newest first."""
    related = rows.select_related("body", "course_version__course", "project")
    return related.annotate(amount=Count("periods")).order_by("-pk")


def approved_versions(bodies: Sequence[int]) -> QuerySet[CourseVersion]:
    """Approved versions of the courses of ``bodies`` (ids) on which an action may be built."""
    rows = CourseVersion.objects.filter(course__body__in=bodies).exclude(frozen_at=None)
    live = rows.exclude(course__state=CourseState.RETIRED)
    return live.select_related("course").order_by("course__sort_key", "-number")


def missing_of(action: TrainingAction) -> list[str]:
    """What a draft needs before its parameters are settled (τι λείπει)."""
    return [
        words
        for words, there in (
            ("στόχος συμμετοχών", action.target > 0),
            ("κατηγορίες προγραμμάτων", action.categories.exists()),
            ("Κανονιστικό Πλαίσιο", action.regulations.exclude(published_at=None).exists()),
            ("εγκεκριμένη έκδοση αντικειμένου", action.course_version.frozen_at is not None),
        )
        if not there
    ]


def hours_gaps(action: TrainingAction) -> list[str]:
    """Where the categories depart from the hours of the course, in sentences."""
    return [
        f"Κατηγορία {category.label}: {' '.join(gaps)}"
        for category in action.categories.all()
        if (gaps := course_gaps(category, action.course_version))
    ]
