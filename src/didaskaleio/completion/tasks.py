"""Jobs of completion: attestations issued in chunks, each in its own transaction."""

from __future__ import annotations

from django.db import transaction

from didaskaleio.completion import operations
from didaskaleio.kernel import clock, greek, jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import Work
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of

# a job, and within it a transaction that holds the series of numbers
CHUNK, PART = 100, 10
TOLD = 10


@jobs.job("completion.issue_batch")
def issue_batch(work: int, ids: list[int], failed: list[str]) -> None:
    """Issue the first attestations of ``ids`` and leave the rest to the next job.

    Repeating a job, or two at once, issues nothing twice: what is no longer owed is passed over.
    ``failed`` are the sentences of those that were refused so far.
    """
    row = Work.objects.filter(pk=work).exclude(state=Work.State.DONE).first()
    if row is None:
        return
    actor = actor_of(Person.objects.get(pk=row.owner_id), at=clock.now())
    for start in range(0, len(ids[:CHUNK]), PART):
        failed = [*failed, *_issue(ids[start : min(start + PART, CHUNK)], work, actor)]
    if ids[CHUNK:]:
        jobs.enqueue("completion.issue_batch", work=work, ids=ids[CHUNK:], failed=failed)
    else:
        _finish(work, failed)


def _issue(part: list[int], work: int, actor: Actor) -> tuple[str, ...]:
    """Issue a part in one transaction with its step of the bar; the sentences of refusals."""
    with transaction.atomic():
        issued = operations.issue_many(part, actor=actor, at=clock.now())
        jobs.advance(work, issued.count)
    return issued.refused


def _finish(work: int, failed: list[str]) -> None:
    row = Work.objects.get(pk=work)
    message = f"Εκδόθηκαν {greek.count(row.done, 'βεβαίωση', 'βεβαιώσεις')}."
    if failed:
        more = f"\nκαι άλλες {len(failed) - TOLD}" if len(failed) > TOLD else ""
        told = "\n".join(failed[:TOLD])
        message += f" Δεν εκδόθηκαν {len(failed)}:\n{told}{more}"
    jobs.finish(work, message, failed=bool(failed) and not row.done)
