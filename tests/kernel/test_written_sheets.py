"""No cell that leaves the platform is a formula, whoever wrote it into a field."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from didaskaleio.kernel.reports import writers
from didaskaleio.kernel.reports.declared import Column, Report

REPORT = Report("tests.words", "Λέξεις", "own.pages", (Column("word", "Λέξη"),), lambda *_: None)
HOSTILE = (
    '=HYPERLINK("http://example.org";"x")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
)
HARMLESS = ("Δειγματίδου", "-5", "-1.250,5", "–", "-", "3 = 3", "Α-Β", "")


@pytest.mark.parametrize("word", HOSTILE)
def test_a_cell_that_begins_like_a_formula_is_quoted_in_csv(word):
    text = "".join(writers.csv_chunks(REPORT, [{"word": word}]))
    [_, [cell]] = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert cell == f"'{word}"


@pytest.mark.parametrize("word", HARMLESS)
def test_words_dashes_and_negative_numbers_stay_as_they_are(word):
    assert writers.disarmed(word) == word


def test_a_workbook_holds_the_words_and_no_formula():
    from python_calamine import CalamineWorkbook

    with writers.xlsx(REPORT, [{"word": word} for word in HOSTILE]) as made:
        content = made.read()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0].strip() for row in rows[1:]] == [word.strip() for word in HOSTILE]
