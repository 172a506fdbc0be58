"""Questions about a review (κρίση): its remarks, and which of them wait for an answer."""

from __future__ import annotations

from django.db.models import QuerySet

from didaskaleio.courses.enums import Component
from didaskaleio.courses.models import CourseVersion, Remark
from didaskaleio.kernel.errors import Refusal


def component(name: str) -> Component:
    """The component called so; a name that is none is refused."""
    if name not in Component.values:
        raise Refusal("Διαλέξτε σε ποια συνιστώσα αναφέρεται η παρατήρηση.")
    return Component(name)


def open_remarks(version: CourseVersion) -> QuerySet[Remark]:
    """Remarks that nobody has resolved yet."""
    return version.remarks.filter(resolved_at=None)


def unanswered(version: CourseVersion) -> list[str]:
    """What the authors owe before they submit again: an answer to each open remark."""
    rows = open_remarks(version).filter(answer="")
    return [f"Απαντήστε στην παρατήρηση για: {row.get_component_display()}." for row in rows]


def remarks_by_component(version: CourseVersion) -> dict[str, list[Remark]]:
    """The remarks of every component, open and closed, in the order of their writing."""
    found: dict[str, list[Remark]] = {part: [] for part in Component.values}
    for row in version.remarks.select_related("by", "answered_by", "resolved_by"):
        found[row.component].append(row)
    return found
