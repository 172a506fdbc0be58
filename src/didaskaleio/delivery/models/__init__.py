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
from didaskaleio.delivery.models.recordings import RecordingPart, SessionRecording
from didaskaleio.delivery.models.reports import CorrectionRequest, SessionReport
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
    "CorrectionRequest",
    "Dispute",
    "Excuse",
    "GivenTask",
    "OwnWork",
    "RecordingPart",
    "RiskWeights",
    "Ruling",
    "ScannedSheet",
    "SessionRecording",
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
