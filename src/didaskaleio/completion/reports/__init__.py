"""Reports (αναφορές) of room completion: attestations, employment, documents, what is owed."""

from __future__ import annotations

from didaskaleio.completion.reports import documents, dossiers
from didaskaleio.completion.reports.attestations import (
    attested_of,
    hours_of,
    named,
    periods,
)

__all__ = ["attested_of", "documents", "dossiers", "hours_of", "named", "periods"]
