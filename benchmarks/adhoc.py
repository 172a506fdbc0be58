"""Reports that officers build, at national size: `make bench NAME=adhoc`.

A sheet of 200,000 rows by 15 columns over joins, streamed with the rights of a ministry officer.
The baseline of the same run is bare xlsxwriter in constant memory on equally long cells. Then a
report of groups over the same rows, against a plain GROUP BY of the database.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

from django.db import connection
from django.utils import timezone
from tests.factories import people

from benchmarks import house
from benchmarks.figures import Bench
from didaskaleio.kernel.reports import writers
from didaskaleio.observatory import queries
from didaskaleio.observatory.definition import parse
from didaskaleio.people.queries import actor_of

ROWS, SAMPLE = 200_000, 2_000
CENTRES = """
WITH places AS (SELECT array_agg(u.id ORDER BY u.id) units, array_agg(u.prefecture_id ORDER BY u.id)
  prefectures, array_agg(u.region_id ORDER BY u.id) regions, count(*) many
  FROM structures_regionalunit u),
made AS (INSERT INTO structures_school (code, name, type_id, sector, evening, regional_unit_id,
  prefecture_id, region_id, town, country)
  SELECT 'S' || n, n || 'ο Γυμνάσιο Δοκιμής', (SELECT min(id) FROM structures_schooltype),
  'public', false, units[1 + n %% many], prefectures[1 + n %% many], regions[1 + n %% many],
  'Πόλη ' || n %% 97, 'GR' FROM places, generate_series(1, %s) n
  RETURNING id, code, name, regional_unit_id, prefecture_id, region_id, town)
INSERT INTO structures_trainingcentre (code, name, kind, body_id, school_id, prefecture_id,
  regional_unit_id, region_id, address, town, phone, email, approved_from, approved_until)
SELECT 'K' || code, 'Κ.Σ.Ε. ' || name, 'public_school',
  (SELECT min(id) FROM structures_implementingbody), id, prefecture_id, regional_unit_id,
  region_id, '', town, '', '', DATE '2022-01-10', DATE '2025-01-09' FROM made
"""
COLUMNS = (
    *("code", "name", "kind", "body", "town", "unit", "prefecture", "region", "directorate"),
    *("approved_from", "approved_until", "school.code", "school.name", "school.type"),
    "school.sector",
)
GROUPED = """
SELECT r.name, count(*) FROM structures_trainingcentre c
JOIN structures_region r ON r.id = c.region_id GROUP BY r.name ORDER BY r.name
"""


def took(act: Callable[[], object]) -> float:
    """The seconds of one act."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def peak() -> float:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare(lines: Any, rows: int) -> None:
    """What xlsxwriter alone takes for as many cells."""
    import xlsxwriter

    with (
        tempfile.TemporaryFile(suffix=".xlsx") as handle,
        xlsxwriter.Workbook(handle, {"constant_memory": True}) as book,
    ):
        day = book.add_format({"num_format": "d/m/yyyy"})
        sheet = book.add_worksheet()
        for row, line in enumerate(islice(cycle(lines), rows)):
            for place, cell in enumerate(line):
                if cell is None:
                    sheet.write_blank(row, place, None)
                elif isinstance(cell, str):
                    sheet.write_string(row, place, cell)
                else:
                    sheet.write_datetime(row, place, cell, day)


def main(rows: int = ROWS) -> list[str]:
    bench = Bench("adhoc")
    house.nation(0)
    with connection.cursor() as cursor:
        cursor.execute(CENTRES, [rows])
        cursor.execute("ANALYZE")
    now = timezone.now()
    actor = actor_of(people.ministry_officer(), at=now)
    definition = parse({"subject": "registers.centres", "columns": list(COLUMNS)})

    def sheet() -> None:
        found = queries.answer(definition, actor, now)
        writers.xlsx(found.report, found.streamed()).close()

    first = queries.answer(definition, actor, now)
    sample = list(first.report.lines(first.lines[:SAMPLE]))
    before = peak()
    ours = min(took(sheet) for _ in range(2))
    bench.most("memory that a sheet of all rows adds", "MB", peak() - before, 64)
    alone = min(took(lambda: bare(sample, rows)) for _ in range(2))
    bench.most(f"XLSX, {rows:,} rows by 15 columns", "s", ours, 1.2, alone)
    grouped = parse({"subject": "registers.centres", "groups": ["region"], "share": True})
    asked = min(took(lambda: queries.answer(grouped, actor, now)) for _ in range(3))
    bench.told("groups by region over the same rows", "s", asked, min(took(plain) for _ in "123"))
    return bench.missed


def plain() -> None:
    """The same figures, asked of the database as plainly as can be."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPED)
        cursor.fetchall()
