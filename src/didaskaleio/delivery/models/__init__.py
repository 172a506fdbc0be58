"""Models of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.models.meetings import (
    Attendance,
    AttendanceSheet,
    Dispute,
    Excuse,
    TrainingSession,
)
from didaskaleio.delivery.models.own_work import OwnWork, WorkTask
from didaskaleio.delivery.models.signs import Ruling, ScannedSheet, Sign
from didaskaleio.delivery.models.visits import (
    RiskWeights,
    SiteVisit,
    VisitFinding,
    VisitPhoto,
    VisitRound,
)
from didaskaleio.delivery.models.stays import Stay

__all__ = [
    "Attendance",
    "AttendanceSheet",
    "Dispute",
    "Excuse",
    "RiskWeights",
    "OwnWork",
    "Ruling",
    "ScannedSheet",
    "Sign",
    "SiteVisit",
    "Stay",
    "TrainingSession",
    "VisitFinding",
    "VisitPhoto",
    "VisitRound",
    "WorkTask",
]
