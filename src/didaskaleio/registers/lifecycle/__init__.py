"""Life cycles (κύκλοι ζωής) of room registers: calls, candidacies, members, tenders; 000 §4 I.b."""

from __future__ import annotations

from didaskaleio.registers.lifecycle.assessments import (
    ASSESSMENT,
    RECONCILIATION,
    uncovered,
    why_not_ready,
)
from didaskaleio.registers.lifecycle.calls import CALL
from didaskaleio.registers.lifecycle.candidacies import CANDIDACY
from didaskaleio.registers.lifecycle.members import MEMBERSHIP
from didaskaleio.registers.lifecycle.objections import OBJECTION
from didaskaleio.registers.lifecycle.proposals import PROPOSAL, ROOM_PROPOSAL
from didaskaleio.registers.lifecycle.tenders import OFFER, TENDER, why_no_offers

__all__ = [
    "ASSESSMENT",
    "CALL",
    "CANDIDACY",
    "MEMBERSHIP",
    "OBJECTION",
    "OFFER",
    "PROPOSAL",
    "RECONCILIATION",
    "ROOM_PROPOSAL",
    "TENDER",
    "uncovered",
    "why_no_offers",
    "why_not_ready",
]
