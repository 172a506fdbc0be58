"""Notices (ειδοποιήσεις) of room delivery."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

CHANGED = declare(Kind("delivery.changed", "Αλλαγή συνάντησης", optional=False))
NEAR_LIMIT = declare(Kind("delivery.near_limit", "Απουσίες κοντά στο όριο", optional=False))
OVER_LIMIT = declare(Kind("delivery.over_limit", "Απουσίες πάνω από το όριο", optional=False))
EXCUSE = declare(Kind("delivery.excuse", "Απόφαση για δικαιολόγηση"))
DISPUTE = declare(Kind("delivery.dispute", "Απόφαση για αντίρρηση"))
STARTED = declare(Kind("delivery.started", "Έναρξη προγράμματος"))
