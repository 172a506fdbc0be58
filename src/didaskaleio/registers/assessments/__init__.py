"""Questions of assessment: who may judge what, the proposal, progress (αξιολόγηση, R-018)."""

from __future__ import annotations

from didaskaleio.registers.assessments.appointed import (
    assessors,
    limits,
    loads_of,
    plan_of,
    standing,
    to_assess,
)
from didaskaleio.registers.assessments.conflicts import (
    COMPETING,
    OWN_CALL,
    SAME_SCHOOL,
    Pair,
    barred,
)
from didaskaleio.registers.assessments.judged import (
    claims_of,
    definition_of,
    disputed_claims,
    submitted,
    trail,
)
from didaskaleio.registers.assessments.overview import (
    Progress,
    board,
    differing_now,
    disputed,
    mine,
    progress,
    to_start,
    with_gaps,
)
from didaskaleio.registers.assessments.proposing import Proposed, candidates_for, proposed

__all__ = [
    "COMPETING",
    "OWN_CALL",
    "SAME_SCHOOL",
    "Pair",
    "Progress",
    "Proposed",
    "assessors",
    "barred",
    "board",
    "candidates_for",
    "claims_of",
    "definition_of",
    "differing_now",
    "disputed",
    "disputed_claims",
    "limits",
    "loads_of",
    "mine",
    "plan_of",
    "progress",
    "proposed",
    "standing",
    "submitted",
    "to_assess",
    "to_start",
    "trail",
    "with_gaps",
]
