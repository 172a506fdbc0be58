"""Documents (έγγραφα) of room completion."""

from __future__ import annotations

from didaskaleio.completion.documents import class_papers
from didaskaleio.completion.documents.attendance import (
    ATTESTATION_PDF,
    COLUMNS,
    CONSOLIDATED_PDF,
    HOURS,
    common,
    consolidated_data,
    draft_of,
    identity_text,
    printed,
    sheet_of,
)
from didaskaleio.completion.documents.employment import EMPLOYMENT_PDF, employment_draft

__all__ = [
    "ATTESTATION_PDF",
    "COLUMNS",
    "CONSOLIDATED_PDF",
    "EMPLOYMENT_PDF",
    "HOURS",
    "class_papers",
    "common",
    "consolidated_data",
    "draft_of",
    "employment_draft",
    "identity_text",
    "printed",
    "sheet_of",
]
