"""Jobs of completion: attestations issued in chunks, each in its own transaction."""

from __future__ import annotations

from django.db import transaction

from didaskaleio.completion import operations
from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation
from didaskaleio.kernel import clock, greek, jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.outage import NoRoomError
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of

CHUNK = 25
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
    failed = [*failed, *(told for pk in ids[:CHUNK] if (told := _issue(pk, work, actor)))]
    if ids[CHUNK:]:
        jobs.enqueue("completion.issue_batch", work=work, ids=ids[CHUNK:], failed=failed)
    else:
        _finish(work, failed)


def _issue(pk: int, work: int, actor: Actor) -> str:
    """Issue one attestation; the sentence of its refusal, or nothing."""
    owed = Attestation.objects.filter(pk=pk, state=AttestationState.OWED)
    attestation = owed.select_related(
        "application__person__teacher__specialty", "programme__period__action__body"
    ).first()
    if attestation is None:
        return ""
    try:
        with transaction.atomic():
            operations.issue(attestation, actor=actor, at=clock.now())
            jobs.advance(work)
    except StepRefusedError:
        return ""  # somebody else issued it a moment ago
    except NoRoomError:
        raise  # the job comes again when there is room
    except Refusal as refusal:
        return f"{attestation.application.person}: {refusal}"
    return ""


def _finish(work: int, failed: list[str]) -> None:
    row = Work.objects.get(pk=work)
    message = f"Εκδόθηκαν {greek.count(row.done, 'βεβαίωση', 'βεβαιώσεις')}."
    if failed:
        more = f"\nκαι άλλες {len(failed) - TOLD}" if len(failed) > TOLD else ""
        told = "\n".join(failed[:TOLD])
        message += f" Δεν εκδόθηκαν {len(failed)}:\n{told}{more}"
    jobs.finish(work, message, failed=bool(failed) and not row.done)
