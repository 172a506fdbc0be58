"""Stages of the design of a course, at which standards and guidelines apply (R-007)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from didaskaleio.courses.models import Course, Material
from didaskaleio.kernel.standards.stages import Stage, declare
from didaskaleio.people.enums import Role

AUTHOR = (Role.AUTHOR.value, Role.AUTHOR.label)
APPROVER = (Role.APPROVER.value, Role.APPROVER.label)
PAGES = ("course", "version", "texts", "objectives", "units", "profile", "work", "revise")


def _bodies(address: str, words: Mapping[str, Any]) -> Iterable[Any]:
    if address == "courses:material-upload":
        return Material.objects.filter(pk=words["pk"]).values("version__course__body_id")
    return Course.objects.filter(pk=words["pk"]).values("body_id")


def _named(*pages: str) -> frozenset[str]:
    return frozenset(f"courses:{page}" for page in pages)


declare(
    Stage(
        "course.design",
        "Σχεδιασμός θεματικού αντικειμένου",
        _named(*PAGES),
        (AUTHOR, APPROVER),
        _bodies,
    )
)
declare(
    Stage(
        "course.approval",
        "Έγκριση θεματικού αντικειμένου",
        _named("course", "changes", "version-changes"),
        (APPROVER,),
        _bodies,
    )
)
declare(
    Stage(
        "course.material",
        "Επιμορφωτικό υλικό και υλικό πιστοποίησης",
        _named("course", "material-add", "material-upload"),
        (AUTHOR,),
        _bodies,
    )
)
