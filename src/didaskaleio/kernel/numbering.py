"""Numbering (αρίθμηση, πρωτόκολλο): numbers per series and year, without gaps, never reused."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from didaskaleio.kernel.clock import ATHENS

NEXT = """
INSERT INTO kernel_numberseries (key, year, last) VALUES (%s, %s, %s)
ON CONFLICT (key, year) DO UPDATE SET last = kernel_numberseries.last + EXCLUDED.last
RETURNING last
"""


def take(key: str, *, at: datetime, count: int = 1) -> range:
    """Take ``count`` following numbers of series ``key`` in the year of ``at``.

    The row of the series stays locked until the transaction ends, so a number is used or was
    never given: call it inside the transaction that stores what bears the number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are taken inside the transaction that uses them")
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [key, at.astimezone(ATHENS).year, count])
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def protocol(key: str, *, at: datetime) -> str:
    """The next protocol number of a series as it is printed: ``2023/000017``."""
    return protocols(key, at=at, count=1)[0]


def protocols(key: str, *, at: datetime, count: int) -> list[str]:
    """The next ``count`` protocol numbers."""
    year = at.astimezone(ATHENS).year
    return [f"{year}/{number:06d}" for number in take(key, at=at, count=count)]
