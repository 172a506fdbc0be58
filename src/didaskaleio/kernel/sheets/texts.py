"""Encodings (κωδικοποιήσεις): UTF-8 with or without mark, UTF-16 of spreadsheets, Windows-1253."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TextIO

from didaskaleio.kernel.errors import Refusal

CHUNK = 1 << 20


class SheetError(Refusal):
    """A file that cannot be read as a sheet; ``str`` says in Greek what to send instead."""


def open_text(path: Path, head: bytes) -> TextIO:
    """The file as text, in the encoding that its bytes show."""
    return path.open(encoding=encoding_of(path, head), newline="")


def encoding_of(path: Path, head: bytes) -> str:
    """The encoding of a text file; SheetError when it holds what no text does."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise SheetError("Το αρχείο δεν είναι υπολογιστικό φύλλο. Δεκτά: XLSX, XLS, CSV.")
    return "utf-8-sig" if _is_utf8(path) else "cp1253"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as content:
            while part := content.read(CHUNK):
                decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
