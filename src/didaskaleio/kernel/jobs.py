"""Jobs (εργασίες παρασκηνίου): in PostgreSQL, enqueued in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import F
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from procrastinate.utils import utcnow

from didaskaleio.kernel import outage
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
ATTEMPTS, GROWTH = 6, 4
OUTAGE = 60  # seconds between two attempts while something we stand on is away


class Patience(BaseRetryStrategy):
    """Υπομονή: an outage is waited out by the same job; a fault is tried ``attempts`` times.

    The waits after a fault are 4, 16, 64, 256 and 1024 seconds.
    """

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if outage.passes(exception):
            return RetryDecision(retry_in={"seconds": OUTAGE})
        if job.attempts >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": GROWTH ** (job.attempts + 1)})


def job(name: str, *, queue: str = "default", retry: bool = True) -> Callable[[Task], Task]:
    """Declare an idempotent job; it is enqueued by its name with plain values.

    Without ``retry`` a fault ends it; an outage (``outage.passes``) never does.
    """

    def declare(function: Task) -> Task:
        patience = Patience(ATTEMPTS if retry else 0)
        app.task(name=name, queue=queue, retry=patience)(_on_living_connection(function))
        return function

    return declare


def _on_living_connection(function: Task) -> Task:
    """A job begins without the connection that died with the database; inside an act it stays."""

    @wraps(function)
    def begin(**arguments: Any) -> None:
        if not connection.in_atomic_block:
            close_old_connections()
        function(**arguments)

    return begin


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


def waits(name: str, *, or_runs: bool = False) -> bool:
    """Whether a job ``name`` waits to be done, or is just being done."""
    states = ("todo", "doing") if or_runs else ("todo",)
    return ProcrastinateJob.objects.filter(task_name=name, status__in=states).exists()


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
