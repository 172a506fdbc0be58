"""Life cycles of room finance."""

from __future__ import annotations

from didaskaleio.finance.lifecycle.contracts import CONTRACT, INVOICE, PAPER, PAYEE, TEMPLATE
from didaskaleio.finance.lifecycle.payments import MINUTES, ORDER, PAYMENT, WORK
from didaskaleio.finance.lifecycle.work_reports import WORK_REPORT

__all__ = [
    "CONTRACT",
    "INVOICE",
    "MINUTES",
    "ORDER",
    "PAPER",
    "PAYEE",
    "PAYMENT",
    "TEMPLATE",
    "WORK",
    "WORK_REPORT",
]
