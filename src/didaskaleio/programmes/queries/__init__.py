"""Questions of room programmes."""

from __future__ import annotations

from didaskaleio.programmes.queries.actions import hours_gaps, missing_of
from didaskaleio.programmes.queries.phases import Coming, Phase, coming, phases_of
from didaskaleio.programmes.queries.plans import (
    composition_of,
    context_of,
    course_gaps,
    errors_of,
    findings_of,
    plan_of,
)
from didaskaleio.programmes.queries.programmes import (
    APPROVED_STATES,
    catalogue,
    desk,
    of_centres,
    of_trainer,
    quota_uses,
    with_relations,
)
from didaskaleio.programmes.queries.regulations import accepted, citation, current_regulation
from didaskaleio.programmes.queries.trainers import trainers

__all__ = [
    "APPROVED_STATES",
    "Coming",
    "Phase",
    "accepted",
    "catalogue",
    "citation",
    "coming",
    "composition_of",
    "context_of",
    "course_gaps",
    "current_regulation",
    "desk",
    "errors_of",
    "findings_of",
    "hours_gaps",
    "missing_of",
    "of_centres",
    "of_trainer",
    "phases_of",
    "plan_of",
    "quota_uses",
    "trainers",
    "with_relations",
]
