"""The forms in which a report leaves the platform: CSV, XLSX, PDF; the same cells in each."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.reports.declared import Column, Report

TEMPLATE = Path(__file__).parent.parent / "typst" / "report.typ"
CHUNK = 500


def shown(column: Column, value: Any) -> str:
    """A cell as a person reads it: Greek dates and separators."""
    if value is None or value == "":
        return ""
    if column.kind == "moment" and isinstance(value, datetime):
        return greek.short_moment(value)
    if column.kind == "date" and isinstance(value, date):
        return greek.short_date(value)
    if column.kind == "points":
        return greek.exact(Decimal(value))
    if column.kind == "hours":
        return greek.number(value, 1)
    if column.kind == "share":
        return f"{greek.number(value * 100, 1)} %"
    if column.kind == "number":
        return greek.number(value)
    return str(value)


PLAIN = re.compile(r"-[\d.,]*( %)?")


def csv_chunks(report: Report, rows: Iterable[Any]) -> Iterator[str]:
    """CSV with ``;`` and a byte-order mark, as Greek sheets open it; formulas are disarmed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([column.title for column in report.columns])
    sums: list[list[Any]] = []
    for count, line in enumerate(_watched(report, rows, sums)):
        writer.writerow([disarmed(shown(c, v)) for c, v in zip(report.columns, line, strict=True)])
        if count % CHUNK == CHUNK - 1:
            yield _drain(buffer)
    if sums:
        writer.writerow(total_cells(report, sums[0]))
    yield _drain(buffer)


def disarmed(cell: str) -> str:
    """A cell that a sheet will not run: a leading sign of a formula is quoted.

    A hyphen before a plain number is a sign of less, and alone it is a dash.
    """
    first = cell.lstrip()[:1]
    hostile = first in {"=", "+", "@"} or cell[:1] in {"\t", "\r", "\n"}
    return f"'{cell}" if hostile or (first == "-" and not PLAIN.fullmatch(cell)) else cell


def _watched(report: Report, rows: Iterable[Any], sums: list[list[Any]]) -> Iterator[list[Any]]:
    """Pass the lines on while adding them up; the sums are left in ``sums`` at the end."""
    totals: list[Any] | None = None
    for line in report.lines(rows):
        totals = _added(report, totals, line)
        yield line
    if totals is not None and any(column.total for column in report.columns):
        sums.append(totals)


def _added(report: Report, totals: list[Any] | None, line: list[Any]) -> list[Any]:
    before = totals or [0 if column.total else None for column in report.columns]
    return [
        total + (cell or 0) if column.total else None
        for column, total, cell in zip(report.columns, before, line, strict=True)
    ]


def total_cells(report: Report, sums: list[Any]) -> list[str]:
    """The cells of the line of totals; the first says so when it is not one of them."""
    cells = [shown(c, v) if c.total else "" for c, v in zip(report.columns, sums, strict=True)]
    return ["Σύνολο", *cells[1:]] if not report.columns[0].total else cells


def _drain(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def xlsx(report: Report, rows: Iterable[Any]) -> IO[bytes]:
    """A sheet with real dates and numbers, written row by row in constant memory.

    The file is open at its beginning and has no name: it goes when it is closed.
    """
    import xlsxwriter

    handle = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - whoever sends it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(handle, options) as book:
        _fill(book, report, rows)
    handle.seek(0)
    return handle


def _fill(book: Any, report: Report, rows: Iterable[Any]) -> None:
    sheet = book.add_worksheet(report.title[:31].translate(str.maketrans("[]:*?/\\", "       ")))
    bold = book.add_format({"bold": True})
    formats = {
        "date": book.add_format({"num_format": "d/m/yyyy"}),
        "moment": book.add_format({"num_format": "d/m/yyyy h:mm"}),
        "hours": book.add_format({"num_format": "0.0"}),
        "share": book.add_format({"num_format": "0.0%"}),
    }
    sheet.freeze_panes(1, 0)
    for i, column in enumerate(report.columns):
        sheet.set_column(i, i, max(12, len(column.title) + 2))
        sheet.write_string(0, i, column.title, bold)
    sums: list[list[Any]] = []
    last = 0
    for last, line in enumerate(_watched(report, rows, sums), start=1):
        for i, column in enumerate(report.columns):
            _write(sheet, last, i, line[i], formats.get(column.kind))
    if sums:
        sheet.write_string(last + 1, 0, "Σύνολο", bold)
        for i, column in enumerate(report.columns):
            if column.total:
                _write(sheet, last + 1, i, sums[0][i], bold)


def _write(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if value is None:
        sheet.write_blank(row, place, None)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone(ATHENS).replace(tzinfo=None), form)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), form)  # noqa: DTZ001
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, place, value, form)
    else:
        sheet.write_string(row, place, str(value), form)


def pdf(report: Report, rows: Iterable[Any], *, at: datetime, subtitle: str = "") -> bytes:
    """The report as an accessible PDF/A table."""
    from didaskaleio.kernel import typesetting

    sums: list[list[Any]] = []
    lines = [
        [shown(c, v) for c, v in zip(report.columns, line, strict=True)]
        for line in _watched(report, rows, sums)
    ]
    data = {
        "title": report.title,
        "subtitle": subtitle,
        "made": greek.long_moment(at),
        "columns": [c.title for c in report.columns],
        "right": [c.numeric for c in report.columns],
        "lines": lines,
        "totals": total_cells(report, sums[0]) if sums else [],
    }
    return typesetting.render(TEMPLATE, data)
