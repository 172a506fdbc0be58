"""Clock (ρολόι): the one place that reads the time; operations receive it as ``at``.

In a demonstration the clock is shifted by an offset kept in the database, so that every
process sees the same moment and a visitor can move to the next deadline.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

ATHENS = ZoneInfo("Europe/Athens")


def now() -> datetime:
    """The present moment, aware, in UTC; in a demonstration the demonstration's moment."""
    moment = datetime.now(UTC)
    return moment + _offset() if settings.DEMO else moment


def _offset() -> timedelta:
    with connection.cursor() as cursor:
        cursor.execute('SELECT "offset" FROM kernel_democlock WHERE id = 1')
        row = cursor.fetchone()
    return row[0] if row else timedelta()


def set_demo(moment: datetime) -> None:
    """Move the demonstration's clock so that it now shows ``moment``."""
    from didaskaleio.kernel.models import DemoClock

    if not settings.DEMO:
        raise RuntimeError("Το ρολόι μετακινείται μόνο στη δοκιμαστική λειτουργία.")
    offset = moment - datetime.now(UTC)
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": offset})
