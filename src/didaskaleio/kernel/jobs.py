"""Jobs (εργασίες παρασκηνίου): in PostgreSQL, enqueued in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.utils import utcnow

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import Work

Task = Callable[..., None]
# a living worker gives a sign every ten seconds
SILENT = 30
LEFT_BEHIND = """
SELECT job.id FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing'
AND (worker.id IS NULL OR worker.last_heartbeat < NOW() - make_interval(secs => %s))
ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""
RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)


def job(name: str, *, queue: str = "default", retry: bool = True) -> Callable[[Task], Task]:
    """Declare an idempotent job; it is enqueued by its name with plain values."""

    def declare(function: Task) -> Task:
        app.task(name=name, queue=queue, retry=RETRY if retry else False)(function)
        return function

    return declare


def enqueue(name: str, **arguments: Any) -> int:
    """Enqueue job ``name`` inside the current transaction; returns its id."""
    return app.configure_task(name).defer(**arguments)


def revive() -> int:
    """Take up the jobs of workers that were killed (εγκαταλειμμένες εργασίες); returns how many.

    A job is idempotent, so that doing it again does only what is left.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND, [SILENT])
        ids = [pk for (pk,) in cursor.fetchall()]
        for pk in ids:
            app.job_manager.retry_job_by_id(pk, retry_at=utcnow())
    return len(ids)


def waits(name: str) -> bool:
    """Whether a job ``name`` waits to be done."""
    return ProcrastinateJob.objects.filter(task_name=name, status="todo").exists()


def begin(kind: str, title: str, *, actor: Actor, at: datetime, total: int, url: str = "") -> Work:
    """A long act with a progress bar; the job that does it calls advance and finish."""
    return Work.objects.create(
        kind=kind, title=title, owner_id=actor.user_id or 0, at=at, total=total, url=url
    )


def advance(work_id: int, steps: int = 1) -> None:
    """Move the bar on by ``steps``."""
    Work.objects.filter(pk=work_id).update(state=Work.State.RUNNING, done=F("done") + steps)


def finish(work_id: int, message: str, *, failed: bool = False) -> None:
    """End a long act with a sentence for whoever started it."""
    state = Work.State.FAILED if failed else Work.State.DONE
    Work.objects.filter(pk=work_id).update(state=state, message=message)
