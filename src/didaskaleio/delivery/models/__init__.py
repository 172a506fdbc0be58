"""Models of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.models.meetings import (
    Attendance,
    AttendanceSheet,
    Dispute,
    Excuse,
    TrainingSession,
)

__all__ = ["Attendance", "AttendanceSheet", "Dispute", "Excuse", "TrainingSession"]
