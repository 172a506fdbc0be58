"""Reports (αναφορές) of room delivery: attendance, sessions, what was decided, visits, progress."""

from __future__ import annotations

from didaskaleio.delivery.reports import following, sessions
from didaskaleio.delivery.reports.attendance import (
    ATTENDANCE,
    EVIDENCE,
    NEAR_LIMIT,
    STAFF_HOURS,
)

__all__ = ["ATTENDANCE", "EVIDENCE", "NEAR_LIMIT", "STAFF_HOURS", "following", "sessions"]
