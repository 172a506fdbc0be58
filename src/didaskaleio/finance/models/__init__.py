"""Models of room finance."""

from __future__ import annotations

from didaskaleio.finance.models.contracts import Contract, ContractTemplate
from didaskaleio.finance.models.payees import Payee, PayeeChange

__all__ = ["Contract", "ContractTemplate", "Payee", "PayeeChange"]
