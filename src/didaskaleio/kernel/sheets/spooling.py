"""Uploads of sheets (παραλαβή φύλλων): held on the disk while they are looked into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from didaskaleio.kernel import files
from didaskaleio.kernel.sheets.texts import SheetError

CHUNK = 1 << 20
SHEETS = (
    "text/plain",
    "application/octet-stream",  # Windows-1253 and UTF-16 are text too
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/x-ole-storage",
    "application/zip",
)


@contextmanager
def spooled(upload: Any, kind: files.Kind) -> Iterator[Path]:
    """The upload on the disk, within the limit; :class:`SheetError` for what is no sheet."""
    with NamedTemporaryFile(prefix="sheet-") as copy:
        left = kind.limit + 1
        while left > 0 and (part := upload.read(min(CHUNK, left))):
            copy.write(part)
            left -= len(part)
        copy.flush()
        if left <= 0:
            size = kind.limit // files.MEGABYTE
            raise SheetError(f"Το αρχείο ξεπερνά τα {size} MB. Χωρίστε το σε μικρότερα.")
        with Path(copy.name).open("rb") as content:
            head = content.read(1 << 16)
        if not head:
            raise SheetError("Το αρχείο είναι κενό. Επιλέξτε άλλο αρχείο.")
        if files.sniff(head) not in kind.types:
            raise SheetError("Το αρχείο δεν είναι υπολογιστικό φύλλο. Δεκτά: XLSX, XLS, CSV.")
        yield Path(copy.name)
