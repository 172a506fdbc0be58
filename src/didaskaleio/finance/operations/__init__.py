"""Acts of room finance (πράξεις): payees, contracts; work, acceptance and orders by module."""

from __future__ import annotations

from didaskaleio.finance.operations import acceptance, orders, rates, work

__all__ = ["acceptance", "orders", "rates", "work"]
