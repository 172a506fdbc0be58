"""Life cycles of room finance."""

from __future__ import annotations

from didaskaleio.finance.lifecycle.contracts import CONTRACT, PAPER, PAYEE, TEMPLATE
from didaskaleio.finance.lifecycle.payments import MINUTES, ORDER, PAYMENT, WORK

__all__ = ["CONTRACT", "MINUTES", "ORDER", "PAPER", "PAYEE", "PAYMENT", "TEMPLATE", "WORK"]
