"""Notices of room completion."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

ISSUED = declare(Kind("completion.issued", "Έκδοση βεβαίωσης", optional=False))
NOT_FULFILLED = declare(
    Kind("completion.not_fulfilled", "Δεν πληρούνται οι κανόνες ολοκλήρωσης", optional=False)
)
REVOKED = declare(Kind("completion.revoked", "Ανάκληση ή αντικατάσταση βεβαίωσης", optional=False))
EMPLOYMENT = declare(
    Kind(
        "completion.employment", "Βεβαίωση απασχόλησης: έκδοση, απόρριψη, ανάκληση", optional=False
    )
)
PACK = declare(Kind("completion.pack", "Πακέτα τεκμηρίων που ζήτησα"))
