"""Models of room finance."""

from __future__ import annotations

from didaskaleio.finance.models.acceptance import (
    Committee,
    CommitteeMember,
    Minutes,
    MinutesItem,
    MinutesSignature,
)
from didaskaleio.finance.models.checklists import Paper
from didaskaleio.finance.models.contracts import Contract, ContractTemplate
from didaskaleio.finance.models.invoices import Invoice
from didaskaleio.finance.models.orders import (
    PayingAccount,
    Payment,
    PaymentDeduction,
    PaymentLine,
    PaymentOrder,
)
from didaskaleio.finance.models.payees import Payee, PayeeChange
from didaskaleio.finance.models.rates import PayTerm
from didaskaleio.finance.models.work import WorkLine
from didaskaleio.finance.models.work_reports import WorkReport

__all__ = [
    "Committee",
    "CommitteeMember",
    "Contract",
    "ContractTemplate",
    "Invoice",
    "Minutes",
    "MinutesItem",
    "MinutesSignature",
    "Paper",
    "PayTerm",
    "Payee",
    "PayeeChange",
    "PayingAccount",
    "Payment",
    "PaymentDeduction",
    "PaymentLine",
    "PaymentOrder",
    "WorkLine",
    "WorkReport",
]
