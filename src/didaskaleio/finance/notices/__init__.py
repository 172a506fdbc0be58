"""Notices of room finance."""

from __future__ import annotations

from didaskaleio.finance.notices import payments, work_reports
from didaskaleio.finance.notices.contracts import CONTRACT, DESK, PAPER, PAYEE

__all__ = ["CONTRACT", "DESK", "PAPER", "PAYEE", "payments", "work_reports"]
