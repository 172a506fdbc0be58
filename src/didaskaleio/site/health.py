"""Υγεία (health) of an installation: the figures that its operator watches, each with a limit."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.models import Min

from didaskaleio.kernel.models import Notice, Work

SILENT = 30  # seconds; a living worker gives a sign every ten
QUEUE = """
WITH ready AS (
  SELECT coalesce(scheduled_at, (SELECT min(at) FROM procrastinate_events
    WHERE job_id = job.id AND type = 'deferred')) AS since
  FROM procrastinate_jobs job
  WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
)
SELECT
  (SELECT count(*) FROM procrastinate_workers
   WHERE last_heartbeat > now() - make_interval(secs => %s)),
  (SELECT count(*) FROM ready),
  (SELECT coalesce(extract(epoch FROM now() - min(since)), 0)::int FROM ready),
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed')
"""
LEAST = {"workers": 1, "free_megabytes": 2_000}
MOST = {
    "oldest_job_seconds": 300,
    "failed_jobs": 0,
    "failed_works_of_a_day": 0,
    "oldest_unmailed_seconds": 3_600,
}


def figures(at: datetime) -> dict[str, int]:
    """Living workers, waiting and failed jobs, failed acts, mail that waits, free disk space.

    The last is left out where the files do not stand on a disk of ours.
    """
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, [SILENT])
        workers, waiting, oldest, failed = cursor.fetchone()
    failures = Work.objects.filter(state=Work.State.FAILED, at__gt=at - timedelta(days=1))
    unmailed = Notice.objects.filter(mail=Notice.Mail.WAITING)
    since = unmailed.aggregate(since=Min("at"))["since"]
    return {
        "workers": workers,
        "waiting_jobs": waiting,
        "oldest_job_seconds": oldest,
        "failed_jobs": failed,
        "failed_works_of_a_day": failures.count(),
        "unmailed_notices": unmailed.count(),
        "oldest_unmailed_seconds": int((at - since).total_seconds()) if since else 0,
    } | _room()


def beyond(found: Mapping[str, int]) -> list[str]:
    """Names of the figures that are beyond their limits."""
    few = [name for name, limit in LEAST.items() if found.get(name, limit) < limit]
    return few + [name for name, limit in MOST.items() if found[name] > limit]


def _room() -> dict[str, int]:
    if not isinstance(default_storage, FileSystemStorage):
        return {}
    files = Path(default_storage.base_location)
    there = next(folder for folder in (files, *files.parents) if folder.exists())
    return {"free_megabytes": shutil.disk_usage(there).free // 1_000_000}
