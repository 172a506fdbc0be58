"""Questions of room courses."""

from __future__ import annotations

from didaskaleio.courses.queries.audience import people_of
from didaskaleio.courses.queries.facts import (
    clusters_at,
    clusters_of_specialty,
    full_years,
    profile_facts,
)
from didaskaleio.courses.queries.findings import (
    findings,
    open_findings,
    unanswered_findings,
)
from didaskaleio.courses.queries.reviewing import (
    component,
    open_remarks,
    remarks_by_component,
    unanswered,
)
from didaskaleio.courses.queries.team import (
    WRITTEN,
    approvers_of,
    authors,
    authors_of,
    bodies_of,
    exactly,
    known_people,
    may_write,
    officers_of,
    open_work,
    team,
    unfinished,
    work_by_component,
    work_of,
    writable_parts,
)
from didaskaleio.courses.queries.versions import (
    complete,
    components,
    gaps,
    hours_problems,
    listed,
    material_gaps,
    ratio_of,
    unit_in_words,
)

__all__ = [
    "WRITTEN",
    "approvers_of",
    "authors",
    "authors_of",
    "bodies_of",
    "clusters_at",
    "clusters_of_specialty",
    "complete",
    "component",
    "components",
    "exactly",
    "findings",
    "full_years",
    "gaps",
    "hours_problems",
    "known_people",
    "listed",
    "material_gaps",
    "may_write",
    "officers_of",
    "open_findings",
    "open_remarks",
    "open_work",
    "people_of",
    "profile_facts",
    "ratio_of",
    "remarks_by_component",
    "team",
    "unanswered",
    "unanswered_findings",
    "unfinished",
    "unit_in_words",
    "work_by_component",
    "work_of",
    "writable_parts",
]
