"""What finance asks of people (εκκρεμότητες)."""

from __future__ import annotations

from didaskaleio.finance.agenda import contracts, payments, work_reports

__all__ = ["contracts", "payments", "work_reports"]
