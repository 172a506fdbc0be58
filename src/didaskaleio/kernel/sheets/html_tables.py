"""Tables of HTML named .xls (πίνακες HTML): what many offices' systems call an Excel file."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from didaskaleio.kernel.sheets.texts import SheetError, open_text

CHUNK = 1 << 16
WIDEST = 200
CELL = 2_000  # characters: more is no cell of ours


class _Table(HTMLParser):
    """Collects the rows of every table; merged cells stand in each of their columns."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.length = self.span = 0
        self.below: dict[int, tuple[int, str]] = {}  # column → rows still to fill, text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self.row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            given = dict(attrs)
            self.span = _number(given.get("colspan"))
            self.down = _number(given.get("rowspan"))
            self.cell, self.length = [], 0
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and self.length < CELL:
            self.cell.append(data[:CELL])
            self.length += len(data)

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        self._fill()
        text = " ".join("".join(self.cell).split())
        for _ in range(self.span):
            if self.down > 1:
                self.below[len(self.row)] = (self.down - 1, text)
            self.row.append(text)
        self.cell = None

    def _fill(self) -> None:
        """Cells that hang down from a row above."""
        while self.row is not None and len(self.row) in self.below and len(self.row) <= WIDEST:
            left, text = self.below.pop(len(self.row))
            if left > 1:
                self.below[len(self.row)] = (left - 1, text)
            self.row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None:
            self._fill()
            self.rows.append(self.row)
        self.row = None


def _number(text: str | None) -> int:
    return (
        min(int(text), WIDEST)
        if text and text.isascii() and text.isdecimal() and text != "0"
        else 1
    )


def html_rows(path: Path) -> Iterator[list[str]]:
    """The rows of the tables in a page, streamed; SheetError when there is none."""
    parser, found = _Table(), False
    with path.open("rb") as content:
        head = content.read(CHUNK)
    try:
        with open_text(path, head) as text:
            while part := text.read(CHUNK):
                parser.feed(part)
                found = found or bool(parser.rows)
                yield from parser.rows
                parser.rows.clear()
    except UnicodeDecodeError as error:
        raise SheetError("Το αρχείο δεν είναι κείμενο. Δεκτά: XLSX, XLS, CSV.") from error
    parser.close()
    parser._end_row()  # noqa: SLF001 - the file may end before its table does
    yield from parser.rows
    if not found and not parser.rows:
        raise SheetError("Το αρχείο είναι σελίδα χωρίς πίνακα. Δεκτά: XLSX, XLS, CSV.")
