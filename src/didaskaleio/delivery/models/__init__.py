"""Models of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.models.application import ClassApplication, ClassEvidence
from didaskaleio.delivery.models.meetings import (
    Attendance,
    AttendanceSheet,
    Dispute,
    Excuse,
    TrainingSession,
)
from didaskaleio.delivery.models.own_work import OwnWork, WorkTask
from didaskaleio.delivery.models.signs import Ruling, ScannedSheet, Sign
from didaskaleio.delivery.models.tasks_given import GivenTask
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
    "ClassApplication",
    "ClassEvidence",
    "Dispute",
    "Excuse",
    "GivenTask",
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
