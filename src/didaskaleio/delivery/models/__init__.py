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
from didaskaleio.delivery.models.reports import SessionReport
from didaskaleio.delivery.models.signs import Ruling, ScannedSheet, Sign
from didaskaleio.delivery.models.stays import Stay
from didaskaleio.delivery.models.substitutions import Substitution
from didaskaleio.delivery.models.tasks_given import GivenTask
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
    "ClassApplication",
    "ClassEvidence",
    "Dispute",
    "Excuse",
    "GivenTask",
    "OwnWork",
    "RiskWeights",
    "Ruling",
    "ScannedSheet",
    "SessionReport",
    "Sign",
    "SiteVisit",
    "Stay",
    "Substitution",
    "TrainingSession",
    "VisitFinding",
    "VisitPhoto",
    "VisitRound",
    "WorkTask",
]
