"""Πακέτα αρχείων (packages): what a ZIP is by its parts, and what makes it dangerous.

Sheets, presentations and texts of office programs are ZIP files too. Nothing is unpacked onto
the disk; every part is read through once, in pieces, so that a part that lies about its size or
is broken is found here and not by whoever opens the file.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from didaskaleio.kernel import presentations

ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = presentations.PPTX
ODP = presentations.ODP
OFFICE = {"ppt/presentation.xml": PPTX, "xl/workbook.xml": XLSX, "word/document.xml": DOCX}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
HEAD = b"PK"

LARGEST, FACTOR, MOST_PARTS = 600 * 1024 * 1024, 120, 20_000
SMALL, CHUNK = 4096, 1 << 20
WITH_MACROS = (
    *("vbaproject.bin", "vbadata.xml", ".pptm", ".ppsm", ".potm", ".ppam", ".docm", ".dotm"),
    *(".xlsm", ".xltm", ".xlam", ".xlsb"),
)
PROGRAMS = (
    *(".exe", ".com", ".scr", ".bat", ".cmd", ".msi", ".ps1", ".vbs", ".lnk", ".hta", ".jar"),
    *(".dll", ".pif"),
)
# RuntimeError: a way of packing or locking that zipfile does not know
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Fault(StrEnum):
    """Why a package is not taken."""

    BROKEN = "broken"
    LOCKED = "locked"
    PATHS = "paths"
    MACROS = "macros"
    PROGRAMS = "programs"
    SWOLLEN = "swollen"
    LINKS = "links"


def type_of(content: bytes) -> str:
    """The content type of a ZIP by the parts that it holds; of one that does not open, ZIP."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _type(archive)
    except BROKEN:
        return ZIP


def _type(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names and archive.getinfo("mimetype").file_size < SMALL:
        told = archive.read("mimetype").decode("ascii", "replace").strip()
        if told.startswith(OPEN_DOCUMENT):
            return told
    if "[Content_Types].xml" not in names:
        return ZIP
    return next((mime for part, mime in OFFICE.items() if part in names), ZIP)


def fault_of(package: Path | BinaryIO) -> Fault | None:
    """What is wrong with a package, the first thing found; None when it may be taken."""
    try:
        with zipfile.ZipFile(package) as archive:
            parts = archive.infolist()
            return _by_names(parts) or _by_sizes(parts) or _by_reading(archive)
    except BROKEN:
        return Fault.BROKEN


def _by_names(parts: list[zipfile.ZipInfo]) -> Fault | None:
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        return Fault.LOCKED
    if any(_leads_out(name) for name in names) or any(_is_link(part) for part in parts):
        return Fault.PATHS
    if any(name.endswith(WITH_MACROS) for name in names):
        return Fault.MACROS
    return Fault.PROGRAMS if any(name.endswith(PROGRAMS) for name in names) else None


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or plain[1:2] == ":" or ".." in plain.split("/")


def _is_link(part: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(part.external_attr >> 16)


def _by_sizes(parts: list[zipfile.ZipInfo]) -> Fault | None:
    swollen = any(part.file_size > FACTOR * max(part.compress_size, SMALL) for part in parts)
    too_much = sum(part.file_size for part in parts) > LARGEST or len(parts) > MOST_PARTS
    return Fault.SWOLLEN if swollen or too_much else None


def _by_reading(archive: zipfile.ZipFile) -> Fault | None:
    """Every part to its end: one that is longer or other than it says raises ``BadZipFile``."""
    for part in archive.infolist():
        with archive.open(part) as content:
            while content.read(CHUNK):
                pass
    match presentations.danger_of(archive, _type(archive)):
        case presentations.Danger.MACROS:
            return Fault.MACROS
        case presentations.Danger.OBJECTS:
            return Fault.PROGRAMS
        case presentations.Danger.LINKS:
            return Fault.LINKS
    return None
