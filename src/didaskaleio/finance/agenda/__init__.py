"""What finance asks of people (εκκρεμότητες)."""

from __future__ import annotations

from didaskaleio.finance.agenda import contracts, payments

__all__ = ["contracts", "payments"]
