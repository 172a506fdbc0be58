"""Models of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.models.meetings import (
    Attendance,
    AttendanceSheet,
    Dispute,
    Excuse,
    TrainingSession,
)
from didaskaleio.delivery.models.signs import Ruling, ScannedSheet, Sign
from didaskaleio.delivery.models.visits import (
    RiskWeights,
    SiteVisit,
    VisitFinding,
    VisitPhoto,
    VisitRound,
)

__all__ = [
    "Attendance",
    "AttendanceSheet",
    "Dispute",
    "Excuse",
    "RiskWeights",
    "Ruling",
    "ScannedSheet",
    "Sign",
    "SiteVisit",
    "TrainingSession",
    "VisitFinding",
    "VisitPhoto",
    "VisitRound",
]
