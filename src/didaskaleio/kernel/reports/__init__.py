"""Reports (αναφορές): declared once; screen, CSV, XLSX and PDF from the same rows."""

from __future__ import annotations

from didaskaleio.kernel.reports.declared import (
    Choice,
    Column,
    Filter,
    Map,
    Query,
    Report,
    declare,
    known,
    of_room,
)

__all__ = ["Choice", "Column", "Filter", "Map", "Query", "Report", "declare", "known", "of_room"]
