"""Documents (έγγραφα) of room completion."""

from __future__ import annotations

from didaskaleio.completion.documents.attendance import (
    ATTESTATION_PDF,
    COLUMNS,
    CONSOLIDATED_PDF,
    HOURS,
    authority_lines,
    common,
    consolidated_data,
    draft_of,
    identity_text,
    printed,
    sheet_of,
)
from didaskaleio.completion.documents.employment import EMPLOYMENT_PDF, employment_draft
from didaskaleio.structures.queries import project_text

__all__ = [
    "ATTESTATION_PDF",
    "COLUMNS",
    "CONSOLIDATED_PDF",
    "EMPLOYMENT_PDF",
    "HOURS",
    "authority_lines",
    "common",
    "consolidated_data",
    "draft_of",
    "employment_draft",
    "identity_text",
    "printed",
    "project_text",
    "sheet_of",
]
