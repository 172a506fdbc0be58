"""Lines of an export (γραμμές εξαγωγής): raw into the database, and read only where they differ.

A person's lines are held, just as they stand in the file, against the digest that the last
import kept of them. Who has the same lines has the same facts, and no line of theirs is read.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db import connection

from didaskaleio.connectors import myschool
from didaskaleio.connectors.models import TeacherImport
from didaskaleio.connectors.myschool.values import afm_of, is_blank

Tell = Callable[[int], None]
PART = 5_000
# told apart by a sign that no sheet shows; PostgreSQL holds no text with a zero in it
BETWEEN, NEVER = "\x1f", str.maketrans("", "", "\0\x1f")
# another way of reading the same cells is another number: every line is read anew, once
READING = 1
RAW = """
CREATE TEMP TABLE raw_lines (line bigint NOT NULL, afm text NOT NULL, cells text NOT NULL)
ON COMMIT DROP
"""
# of all lines of a person, in any order, of how many, and of which columns they have
SUMS = """
CREATE TEMP TABLE sums ON COMMIT DROP AS
SELECT afm, min(line) AS line,
    'r' || to_hex(bit_xor(hashtextextended(cells, %(seed)s))) || '.' || count(*) AS digest
FROM raw_lines GROUP BY afm
"""
UNTOUCHED = """
INSERT INTO connectors_change (batch_id, line, afm, kind, held_on, teacher)
SELECT %(batch)s, sums.line, sums.afm, 'same', t.checked_on, t.id
FROM sums JOIN people_identifier owner ON owner.kind = 'afm' AND owner.value = sums.afm
JOIN people_teacher t ON t.person_id = owner.person_id AND t.digest = sums.digest
"""
TOUCHED = """
SELECT line, cells FROM raw_lines r WHERE NOT EXISTS (
    SELECT FROM connectors_change c WHERE c.batch_id = %(batch)s AND c.afm = r.afm)
ORDER BY line
"""
ROWS = """
CREATE TEMP TABLE stage_rows (line bigint NOT NULL, {columns}, fault text NOT NULL) ON COMMIT DROP
"""
Columns = Mapping[str, int]


def pour(cursor: Any, row: TeacherImport, found: Iterable[list[str]], tell: Tell) -> int:
    """Bring the lines that are not blank into ``raw_lines``; returns how many."""
    cursor.execute(RAW)
    count = 0
    with cursor.copy("COPY raw_lines FROM STDIN (FORMAT csv, FORCE_NOT_NULL *)") as copy:
        for part in _parts(_packed(row, found)):
            copy.write(_text(part))
            count += len(part)
            tell(min(30, count // PART))
    return count


def pass_over(cursor: Any, row: TeacherImport, facts: Mapping[str, Any]) -> None:
    """Whose lines are those of the last import is unchanged, without a further look."""
    told = " ".join([*sorted(row.columns), str(READING)])
    seed = int.from_bytes(hashlib.sha256(told.encode()).digest()[:7])
    cursor.execute(SUMS, {"seed": seed})
    cursor.execute("ANALYZE sums")
    cursor.execute(UNTOUCHED, facts)


def read(cursor: Any, row: TeacherImport, facts: Mapping[str, Any]) -> None:
    """Read what is left into ``stage_rows``, with what cannot be read as a fault."""
    cursor.execute(ROWS.format(columns=", ".join(f"{n} text NOT NULL" for n in myschool.COLUMNS)))
    columns = {name: place for place, name in enumerate(sorted(row.columns))}
    with connection.chunked_cursor() as touched:
        touched.execute(TOUCHED, facts)
        while part := touched.fetchmany(PART):
            with cursor.copy("COPY stage_rows FROM STDIN (FORMAT csv, FORCE_NOT_NULL *)") as copy:
                copy.write(_text(_values(line, cells, columns) for line, cells in part))


def _packed(row: TeacherImport, found: Iterable[list[str]]) -> Iterator[tuple[int, str, str]]:
    """Number, ΑΦΜ and cells, in one order of columns, of every line that is not blank."""
    afm, width = row.columns["afm"], max(row.columns.values()) + 1
    of_columns = itemgetter(*(row.columns[name] for name in sorted(row.columns)))
    for number, cells in enumerate(found, 1):
        if number <= row.heading_line:
            continue
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        owner = afm_of(cells[afm])
        if owner or not is_blank(cells):
            yield number, owner, _joined(of_columns(cells))


def _joined(cells: Sequence[str]) -> str:
    text = BETWEEN.join(cells)
    if "\0" in text or text.count(BETWEEN) >= len(cells):
        text = BETWEEN.join(cell.translate(NEVER) for cell in cells)
    return text


def _values(line: int, text: str, columns: Columns) -> list[Any]:
    found = myschool.read_line(text.split(BETWEEN), columns)
    return [line, *found.values, found.fault]


def _parts(found: Iterator[tuple[int, str, str]]) -> Iterator[list[tuple[int, str, str]]]:
    while part := list(islice(found, PART)):
        yield part


def _text(part: Iterable[Sequence[Any]]) -> str:
    """Lines of CSV, as COPY reads them."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(part)
    return written.getvalue()
