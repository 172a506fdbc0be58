"""Sheets (υπολογιστικά φύλλα) that people send: rows of text, headings in any spelling, refusals.

What an importer has in common with the next one: XLSX, XLS, tables of HTML and CSV are read alike,
and whatever is no plain sheet is refused in words.
"""

from __future__ import annotations

from didaskaleio.kernel.sheets.headings import (
    Field,
    Heading,
    find_heading,
    fingerprint,
    heading_of,
    key,
)
from didaskaleio.kernel.sheets.reading import rows
from didaskaleio.kernel.sheets.texts import SheetError

__all__ = [
    "Field",
    "Heading",
    "SheetError",
    "find_heading",
    "fingerprint",
    "heading_of",
    "key",
    "rows",
]
