"""Sheets (φύλλα): XLSX, XLS, tables of HTML named .xls, and CSV become rows of text.

What a file is its bytes say, not its name. Everything that is not a plain sheet is refused:
macros, locked files, archives that swell, names that lead out of the archive.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from didaskaleio.kernel import packages
from didaskaleio.kernel.packages import Fault
from didaskaleio.kernel.sheets.html_tables import html_rows
from didaskaleio.kernel.sheets.texts import SheetError, open_text

MOST_ROWS, MOST_COLUMNS = 1_000_000, 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# names of streams inside the old format, as it writes them
MACROS, LOCKED = "_VBA_PROJECT".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
WITH_MACROS = "Το αρχείο έχει μακροεντολές. Αποθηκεύστε το ως απλό XLSX ή CSV."
WITH_LOCK = "Το αρχείο είναι κλειδωμένο με κωδικό. Αποθηκεύστε το χωρίς κωδικό."
NO_SHEET = "Το αρχείο δεν είναι υπολογιστικό φύλλο. Δεκτά: XLSX, XLS, CSV."
SAID = {
    Fault.BROKEN: "Το αρχείο XLSX είναι κατεστραμμένο. Κάντε ξανά την εξαγωγή.",
    Fault.LOCKED: WITH_LOCK,
    Fault.PATHS: (
        "Το αρχείο έχει μέσα ονόματα φακέλων που δεν επιτρέπονται. Δεν ανοίχτηκε. "
        "Κάντε ξανά την εξαγωγή, ή στείλτε CSV."
    ),
    Fault.MACROS: WITH_MACROS,
    Fault.PROGRAMS: NO_SHEET,
    Fault.SWOLLEN: (
        "Το αρχείο μεγαλώνει υπερβολικά όταν ανοίξει και δεν ανοίχτηκε. "
        "Κάντε ξανά την εξαγωγή, ή στείλτε CSV."
    ),
    Fault.LINKS: NO_SHEET,
}
DELIMITERS = ";\t,"
SAMPLE = 1 << 16


def rows(path: Path) -> Iterator[list[str]]:
    """Γραμμές του φύλλου, empty ones too, so that their numbers are those of the file.

    Raises :class:`SheetError` for what is no sheet, on opening or on the way.
    """
    with path.open("rb") as content:
        head = content.read(SAMPLE)
    if head.startswith(b"PK"):
        _check_archive(path)
        found = _workbook(path)
    elif head.startswith(OLE):
        _check_old(path)
        found = _workbook(path)
    elif head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        found = html_rows(path)
    else:
        found = _csv(path, head)
    return _limited(found)


def _limited(found: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(found, 1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise SheetError(
                "Το φύλλο έχει περισσότερες από ένα εκατομμύριο γραμμές ή 200 στήλες. "
                "Χωρίστε το σε μικρότερα αρχεία."
            )
        yield row


def _check_archive(path: Path) -> None:
    fault = packages.fault_of(path)
    if fault is not None:
        raise SheetError(SAID[fault])
    with zipfile.ZipFile(path) as archive:
        if not any(name.startswith("xl/") for name in archive.namelist()):
            raise SheetError(NO_SHEET)


def _check_old(path: Path) -> None:
    content = path.read_bytes()
    if LOCKED in content:
        raise SheetError(WITH_LOCK)
    if MACROS in content:
        raise SheetError(WITH_MACROS)


def _workbook(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(path) as book:
            shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
            sheets = (book.get_sheet_by_name(name) for name in shown)
            sheet = next((one for one in sheets if one.height > 1), None)
            if sheet is None:
                raise SheetError("Το αρχείο δεν έχει φύλλο με γραμμές. Κάντε ξανά την εξαγωγή.")
            for row in sheet.iter_rows():
                yield [_text(cell) for cell in row]
    except (CalamineError, OSError, ValueError) as error:
        raise SheetError(
            "Το φύλλο δεν διαβάζεται. Κάντε ξανά την εξαγωγή, ή στείλτε CSV."
        ) from error


def _text(cell: Any) -> str:
    """A cell as a person reads it; what a formula gave, never the formula."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ναι" if cell else "όχι"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else _odd(cell)


def _odd(cell: Any) -> str:
    return "" if isinstance(cell, timedelta) else str(cell)


def _csv(path: Path, head: bytes) -> Iterator[list[str]]:
    with open_text(path, head) as lines:
        first = lines.readline(SAMPLE)
        sample = first + "".join(lines.readline(SAMPLE) for _ in range(20))
        told = first.strip().lower().startswith("sep=")
        lines.seek(0)
        delimiter = first.strip()[4:5] if told else ""
        reader = csv.reader(lines, delimiter=delimiter or _delimiter(sample))
        if told:
            next(reader)
            yield []
        try:
            yield from reader
        except csv.Error as error:
            raise SheetError(
                f"Γραμμή {reader.line_num}: δεν διαβάζεται ως CSV. Ελέγξτε τα εισαγωγικά εκεί."
            ) from error
        except UnicodeDecodeError as error:
            raise SheetError("Το αρχείο δεν είναι κείμενο. Δεκτά: XLSX, XLS, CSV.") from error


def _delimiter(sample: str) -> str:
    """The sign that parts most lines into more than one cell."""
    lines = [line for line in sample.splitlines() if line.strip()]
    return max(
        DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), sample.count(sign))
    )
