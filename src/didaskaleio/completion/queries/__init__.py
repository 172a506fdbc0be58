"""Questions of room completion: who fulfilled what, attestations, consolidated attendance."""

from __future__ import annotations

from didaskaleio.completion.queries.attestations import attestations, owed_by_programme
from didaskaleio.completion.queries.consolidated import (
    Condition,
    conditions,
    consolidated_rows,
    latest,
)
from didaskaleio.completion.queries.employment import (
    Line,
    Worked,
    contradicted,
    employments,
    kept,
    work_of,
    worked_by,
)
from didaskaleio.completion.queries.opinions import surveys_about
from didaskaleio.completion.queries.standing import (
    Standing,
    decided_at,
    findings_of,
    limits_of,
    standings,
)
from didaskaleio.completion.queries.tallies import Tally, is_settled, tallies

__all__ = [
    "Condition",
    "Line",
    "Standing",
    "Tally",
    "Worked",
    "attestations",
    "conditions",
    "consolidated_rows",
    "contradicted",
    "decided_at",
    "employments",
    "findings_of",
    "is_settled",
    "kept",
    "latest",
    "limits_of",
    "owed_by_programme",
    "standings",
    "surveys_about",
    "tallies",
    "work_of",
    "worked_by",
]
