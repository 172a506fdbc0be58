"""Models of room finance."""

from __future__ import annotations

from didaskaleio.finance.models.checklists import Paper
from didaskaleio.finance.models.contracts import Contract, ContractTemplate
from didaskaleio.finance.models.payees import Payee, PayeeChange

__all__ = ["Contract", "ContractTemplate", "Paper", "Payee", "PayeeChange"]
