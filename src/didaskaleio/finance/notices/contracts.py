"""Notices of room finance: to payees about their contracts, to the desk about what waits."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

PAYEE = declare(Kind("finance.payee", "Τα στοιχεία πληρωμής μου", optional=False))
PAPER = declare(Kind("finance.paper", "Τα δικαιολογητικά πληρωμής μου", optional=False))
CONTRACT = declare(Kind("finance.contract", "Οι συμβάσεις μου", optional=False))
DESK = declare(Kind("finance.desk", "Στοιχεία και δικαιολογητικά προς έλεγχο"))
