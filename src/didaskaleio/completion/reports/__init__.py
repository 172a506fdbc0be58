"""Reports (αναφορές) of room completion."""

from __future__ import annotations

from didaskaleio.completion.reports import dossiers
from didaskaleio.completion.reports.attestations import (
    attested_of,
    hours_of,
    named,
    periods,
)

__all__ = ["attested_of", "dossiers", "hours_of", "named", "periods"]
