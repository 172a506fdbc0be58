"""The baseline of loads: the bare COPY of the rows that were loaded into the same tables."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile

from django.db import connection, transaction

from benchmarks.publish import into, out


def empty() -> None:
    """Nobody is known any more."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_person CASCADE")
        cursor.execute("CHECKPOINT")


def copied(tables: Sequence[str]) -> float:
    """Seconds of the bare COPY of what stands in ``tables``, commit included."""
    with ExitStack() as stack:
        files = [(table, stack.enter_context(TemporaryFile())) for table in tables]
        for table, file in files:
            out(table, file)
        empty()
        start = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            # as the load does: autovacuum in between would make the baseline minutes long
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE UPDATE EXCLUSIVE MODE")
            for table, file in files:
                into(table, file, cursor)
        return time.perf_counter() - start
