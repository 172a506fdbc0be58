"""Loading teachers (φόρτωση εκπαιδευτικών) from files as MySchool would give them.

Staged by COPY, checked and written in SQL, in one transaction; memory does not grow with the
files. Repeating a load changes nothing. The format: docs/operate/load-people.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.people.loader import checks, staging, writes
from didaskaleio.people.loader.staging import LoadError
from didaskaleio.people.models import PeopleLoad

__all__ = ["Counts", "LoadError", "load"]
Tell = Callable[[str], None]
# sorts of a nation stay in memory, and no statement here is repeated often enough to be compiled
SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"


@dataclass(frozen=True)
class Counts:
    """Teachers created, changed and skipped as unchanged; lines of all files that were refused."""

    created: int
    changed: int
    skipped: int
    refused: int


@transaction.atomic
def load(
    folder: Path,
    *,
    actor: Actor,
    at: datetime,
    report: Path,
    check: bool = False,
    tell: Tell = lambda _: None,
) -> Counts:
    """Φόρτωση φακέλου: all accepted lines or, on a fault, nothing; ``check`` writes nothing.

    ``report`` becomes a CSV of what is new, changed or refused, by file and line, with reasons.
    """
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        tell("ανάγνωση αρχείων")
        staging.stage(cursor, folder)
        if not check:
            cursor.execute(writes.ALONE)
        tell("έλεγχος γραμμών")
        checks.check(cursor)
        writes.plan(cursor)
        cursor.execute(writes.COUNTS)
        counts = Counts(*cursor.fetchone())
        _report(cursor, report)
        if not check:
            _write(cursor, at, tell)
    if check:
        transaction.set_rollback(True)
    else:
        _record(folder, counts, actor, at)
    return counts


def _write(cursor: Any, at: datetime, tell: Tell) -> None:
    for title, statements in writes.STEPS.items():
        tell(title)
        for statement in statements:
            cursor.execute(statement, {"at": at})


def _report(cursor: Any, path: Path) -> None:
    with path.open("wb") as lines, cursor.copy(writes.REPORT) as copy:
        lines.write(b"\xef\xbb\xbf")
        for part in copy:
            lines.write(part)


def _record(folder: Path, counts: Counts, actor: Actor, at: datetime) -> None:
    row = PeopleLoad.objects.create(folder=folder.name[:200], at=at, **asdict(counts))
    act = "Φόρτωση στοιχείων εκπαιδευτικών"
    journal.write(row, act, actor=actor, at=at, **asdict(counts))
