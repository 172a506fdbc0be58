"""Reports (αναφορές) of room finance."""

from __future__ import annotations

from didaskaleio.finance.reports import contracts, eligibility, orders, payments, work_reports
from didaskaleio.finance.reports.contracts import chosen, named

__all__ = ["chosen", "contracts", "eligibility", "named", "orders", "payments", "work_reports"]
