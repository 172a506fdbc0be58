"""Documents (έγγραφα) of room finance."""

from __future__ import annotations

from didaskaleio.finance.documents.contracts import CONTRACT_PDF, contract_data, example_data
from didaskaleio.finance.documents.orders import ORDER_PAPER
from didaskaleio.finance.documents.payments import (
    BANK_FILE,
    MINUTES_PDF,
    STATEMENT_PDF,
    WORK_PAPER,
    WORK_SHEET,
    year_data,
)
from didaskaleio.finance.documents.work_reports import WORK_REPORT_PDF

__all__ = [
    "BANK_FILE",
    "CONTRACT_PDF",
    "MINUTES_PDF",
    "ORDER_PAPER",
    "STATEMENT_PDF",
    "WORK_PAPER",
    "WORK_REPORT_PDF",
    "WORK_SHEET",
    "contract_data",
    "example_data",
    "year_data",
]
