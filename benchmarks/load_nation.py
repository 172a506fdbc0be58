"""Loading a nation of teachers from files: `make bench NAME=load_nation`.

170,000 teachers with posts, services, leaves and certificates, read from CSV files, checked in
SQL and written in one transaction, by the command in a process of its own. The baseline of the same
run is the bare COPY of the same rows into the same, emptied tables.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, connections

from benchmarks import house
from benchmarks.copying import copied, empty
from benchmarks.figures import Bench
from didaskaleio.people.generator.files import write_files

TEACHERS = 170_000
TABLES = (
    "people_person",
    "people_identifier",
    "people_post",
    "people_teacher",
    "people_schoolservice",
    "people_leave",
    "people_heldcertificate",
)
CHILD = "from benchmarks import house; house.open_house(); from benchmarks import load_nation; "


class Stamped:
    """What the command tells, with the seconds so far, for whoever watches."""

    def __init__(self, start: float) -> None:
        self.start = start

    def write(self, text: str) -> None:
        took = time.perf_counter() - self.start
        print(f"# {took:6.1f} s {text.splitlines()[0]}", file=sys.stderr, flush=True)


def child(folder: str) -> None:
    """In a process of its own: load, and print seconds and MiB at the peak."""
    from django.core.management import call_command

    start = time.perf_counter()
    call_command("load_people", folder, stdout=Stamped(start))
    took = time.perf_counter() - start
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps({"took": took, "peak": peak}))


def loaded(folder: str) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{CHILD}load_nation.child({folder!r})"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def counts() -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT created, skipped, refused FROM people_peopleload ORDER BY id")
        for row in cursor.fetchall():
            yield from row


def main(amount: int = TEACHERS) -> list[str]:
    bench = Bench("load_nation")
    house.nation(amount)
    with TemporaryDirectory() as folder:
        write_files(Path(folder))
        empty()
        connections.close_all()
        first = loaded(folder)
        second = loaded(folder)
        created, _, refused, again, skipped, _ = counts()
    bare = copied(TABLES)
    bench.most("lines refused", "lines", refused, 0)
    bench.least("teachers loaded", "teachers", created, amount)
    bench.most("teachers loaded twice", "teachers", again + amount - skipped, 0)
    bench.least("load", "teachers/s", amount / first["took"], 0.5, amount / bare)
    bench.most("unchanged second load", "s", second["took"], 0.25, first["took"])
    bench.most("load: peak", "MiB", first["peak"], 200)
    return bench.missed
