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
from didaskaleio.delivery.models.stays import Stay

__all__ = [
    "Attendance",
    "AttendanceSheet",
    "Dispute",
    "Excuse",
    "OwnWork",
    "Ruling",
    "ScannedSheet",
    "Sign",
    "Stay",
    "TrainingSession",
    "WorkTask",
]
