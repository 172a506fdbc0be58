"""Access (δικαιώματα) of room registers: who keeps calls and registers; a body sees its own."""

from __future__ import annotations

# each declares the permissions of its subject
from didaskaleio.registers.access import (
    assessments,
    calls,
    candidacies,
    centres,
    members,
    objections,
    teachers,
    tenders,
)
from didaskaleio.registers.access.rules import ANNOUNCED, KEEPERS, OFFICERS, bodies_of_officer
from didaskaleio.registers.access.tenders import SHOWN_TENDERS, UNSEALED

__all__ = [
    "ANNOUNCED",
    "KEEPERS",
    "OFFICERS",
    "SHOWN_TENDERS",
    "UNSEALED",
    "assessments",
    "bodies_of_officer",
    "calls",
    "candidacies",
    "centres",
    "members",
    "objections",
    "teachers",
    "tenders",
]
