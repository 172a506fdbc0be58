"""Jobs of completion: attestations issued in chunks, each in its own transaction."""

from __future__ import annotations

from django.db import transaction

from didaskaleio.completion import operations
from didaskaleio.completion.enums import PackState
from didaskaleio.completion.models import Pack
from didaskaleio.kernel import clock, greek, jobs
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.outage import NoRoomError
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of

# a job, and within it a transaction that holds the series of numbers
CHUNK, PART = 100, 10
UNITS = 10  # programmes of a pack in one job
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


@jobs.job("completion.pack")
def pack(pack: int) -> None:
    """List the documents of the next programmes of a pack; after the last one, seal it.

    Each programme is a transaction of its own: a job that is killed goes on where it stopped.
    """
    row = Pack.objects.filter(pk=pack, state=PackState.BUILDING).first()
    if row is None:
        return
    waiting = list(row.units.filter(done_at=None).values_list("pk", flat=True)[: UNITS + 1])
    try:
        for unit in waiting[:UNITS]:
            operations.fill(unit, at=clock.now())
    except NoRoomError:
        raise  # the job comes again when there is room
    except Refusal as refusal:
        jobs.finish(row.work_id, f"Το πακέτο δεν ετοιμάστηκε. {refusal}", failed=True)
        return
    if len(waiting) > UNITS:
        jobs.enqueue("completion.pack", pack=pack)
    else:
        _seal(row)


def _seal(row: Pack) -> None:
    """Seal what is whole; whoever comes second, or too early, leaves it to the other."""
    if row.units.filter(done_at=None).exists():
        return
    try:
        operations.seal(row, actor=SYSTEM, at=clock.now())
    except StepRefusedError:
        return
