"""Exports of MySchool (εξαγωγές MySchool): sheets, headings and values as people send them.

No Django here. No public interface of MySchool is documented; what people have are its sheets.
"""

from __future__ import annotations

from didaskaleio.connectors.myschool.headings import (
    FIELDS,
    Heading,
    find_heading,
    fingerprint,
    heading_of,
)
from didaskaleio.connectors.myschool.values import COLUMNS, Line, read_line
from didaskaleio.kernel.sheets import SheetError, rows

__all__ = [
    "COLUMNS",
    "FIELDS",
    "Heading",
    "Line",
    "SheetError",
    "find_heading",
    "fingerprint",
    "heading_of",
    "read_line",
    "rows",
]
