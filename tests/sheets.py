"""Reading XLSX files in tests, without a library: cells as text or number."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells_of(file) -> list[list[str | float | None]]:
    """The rows of the first sheet; a missing cell is None."""
    with zipfile.ZipFile(file) as book:
        shared = _shared(book)
        root = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in root.iter(f"{MAIN}row"):
        cells: dict[int, str | float | None] = {}
        for cell in row.iter(f"{MAIN}c"):
            cells[_column(cell.get("r"))] = _value(cell, shared)
        rows.append([cells.get(i) for i in range(max(cells) + 1)])
    return rows


def _shared(book) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ET.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in root.iter(f"{MAIN}si")]


def _column(reference: str) -> int:
    place = 0
    for letter in re.match(r"[A-Z]+", reference)[0]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _value(cell, shared):
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
    value = cell.findtext(f"{MAIN}v")
    if value is None:
        return None
    return shared[int(value)] if cell.get("t") == "s" else float(value)
