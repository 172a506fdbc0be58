"""Importing a nation of teachers from an export of MySchool: `make bench NAME=myschool`.

180,000 teachers in one CSV as an office would send it: read, checked, compared, applied, in a
process of its own. The baseline of the same run is the bare COPY of the same rows into the same,
emptied tables. Then the same file with other hours in every hundredth line.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.utils import timezone

from benchmarks import house
from benchmarks.copying import copied, empty
from benchmarks.figures import Bench

TEACHERS = 180_000
AS_OF = date(2023, 1, 12)
TABLES = (
    "people_person",
    "people_identifier",
    "people_post",
    "people_teacher",
    "people_schoolservice",
)
EXPORT = """
COPY (
    SELECT afm.value AS "Α.Φ.Μ.", am.value AS "Α.Μ.", p.surname AS "Επώνυμο",
        p.given_name AS "Όνομα", p.father_name AS "Πατρώνυμο", p.email AS "E-mail",
        s.code || CASE WHEN t.special_post THEN '.50' ELSE '' END AS "Ειδικότητα",
        CASE t.employment WHEN 'permanent' THEN 'ΜΟΝΙΜΟΣ' WHEN 'substitute' THEN 'ΑΝΑΠΛΗΡΩΤΗΣ'
            WHEN 'hourly' THEN 'ΩΡΟΜΙΣΘΙΟΣ' ELSE 'ΙΔΙΩΤΙΚΟΣ' END AS "Σχέση εργασίας",
        school.code AS "Κωδικός σχολείου", v.hours AS "Ώρες",
        CASE WHEN v.organic THEN 'Ναι' ELSE 'Όχι' END AS "Οργανική",
        to_char(v.valid_from, 'FMDD/FMMM/YYYY') AS "Από",
        to_char(v.valid_until, 'FMDD/FMMM/YYYY') AS "Έως"
    FROM people_teacher t JOIN people_person p ON p.id = t.person_id
    JOIN structures_specialty s ON s.id = t.specialty_id
    JOIN people_identifier afm ON afm.person_id = p.id AND afm.kind = 'afm'
    LEFT JOIN people_identifier am ON am.person_id = p.id AND am.kind = 'am'
    LEFT JOIN people_schoolservice v ON v.teacher_id = t.id
    LEFT JOIN structures_school school ON school.id = v.school_id
    ORDER BY t.id, v.id
) TO STDOUT (FORMAT csv, DELIMITER ';', HEADER)
"""
CHILD = "from benchmarks import house; house.open_house(); from benchmarks import myschool; "


def imported(path: str, later: int) -> None:
    """In a process of its own: compare and apply; seconds, MiB at the peak, figures."""
    from didaskaleio.connectors import operations
    from didaskaleio.connectors.models import TeacherImport
    from didaskaleio.connectors.myschool import find_heading, rows
    from didaskaleio.kernel.access import SYSTEM

    row = TeacherImport.objects.get(pk=int(path))
    assert row.file is not None
    with NamedTemporaryFile() as copy, default_storage.open(row.file.path) as content:
        copy.write(content.read(1 << 16))
        copy.flush()
        heading = find_heading(
            [line for line, _ in zip(rows(Path(copy.name)), range(3), strict=False)]
        )
    assert heading is not None
    TeacherImport.objects.filter(pk=row.pk).update(columns=heading.columns, state="comparing")
    at = timezone.now() + timedelta(seconds=later)
    start = time.perf_counter()
    operations.compare(row, actor=SYSTEM, at=at, tell=_told(start))
    compared = time.perf_counter() - start
    TeacherImport.objects.filter(pk=row.pk).update(state="applying")
    operations.carry_out(row, actor=SYSTEM, at=at, tell=_told(start))
    took = time.perf_counter() - start
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    figures = {"took": took, "compared": compared, "peak": peak, "lines": row.lines}
    kinds = ("new", "changed", "same", "gone", "refused", "overtaken")
    print(json.dumps(figures | {kind: getattr(row, kind) for kind in kinds}))


def _told(start: float) -> Any:
    def tell(done: int) -> None:
        if done >= 40:
            took = time.perf_counter() - start
            print(f"# {took:6.1f} s {done} %", file=sys.stderr, flush=True)

    return tell


def received(content: bytes, day: date) -> int:
    """An import as the page stores it."""
    import hashlib

    from didaskaleio.connectors.models import TeacherImport
    from didaskaleio.kernel.models import StoredFile

    row = TeacherImport.objects.create(as_of=day, whole=True, name="x.csv", at=timezone.now())
    path = default_storage.save("bench/export.csv", ContentFile(content))
    row.file = StoredFile.objects.create(
        kind="connectors.export",
        subject="connectors.teacherimport",
        subject_id=row.pk,
        name="x.csv",
        content_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        at=row.at,
    )
    row.save()
    return row.pk


def ran(pk: int, later: int) -> dict[str, Any]:
    act = subprocess.run(
        [sys.executable, "-c", f"{CHILD}myschool.imported({str(pk)!r}, {later})"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(act.stdout)
    return found


def exported() -> bytes:
    lines = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(EXPORT) as copy:
        for part in copy:
            lines.write(part)
    return lines.getvalue()


def altered(content: bytes) -> bytes:
    """Other hours in every hundredth line."""
    lines = content.decode().splitlines()
    place = lines[0].split(";").index("Ώρες")
    for number in range(1, len(lines), 100):
        cells = lines[number].split(";")
        cells[place] = str((int(cells[place] or 0) + 1) % 24)
        lines[number] = ";".join(cells)
    return "\n".join(lines).encode()


def main(amount: int = TEACHERS) -> list[str]:
    bench = Bench("myschool")
    house.nation(amount)
    content = exported()
    empty()
    first_file, second_file = received(content, AS_OF), None
    connections.close_all()
    first = ran(first_file, 0)
    second_file = received(altered(content), AS_OF + timedelta(1))
    connections.close_all()
    second = ran(second_file, 1)
    bare = copied(TABLES)
    bench.told("lines", "lines", first["lines"])
    bench.most("lines refused", "lines", first["refused"] + second["refused"], 0)
    bench.least("teachers imported", "teachers", first["new"], amount)
    bench.told("changed by the second", "teachers", second["changed"])
    bench.told("compared", "s", first["compared"])
    bench.least("import", "teachers/s", amount / first["took"], 0.3, amount / bare)
    bench.most("second import, 1 % changed", "s", second["took"], 0.25, first["took"])
    bench.most("import: peak", "MiB", first["peak"], 200)
    return bench.missed
