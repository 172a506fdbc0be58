"""Jobs of finance: contracts drawn up and issued one by one, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction

from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import ContractKind, ContractState
from didaskaleio.finance.models import Contract
from didaskaleio.kernel import clock, greek, jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.outage import NoRoomError
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of

CHUNK = 100  # a job
TOLD = 10
Each = Callable[[int, Actor], Iterable[str]]


@jobs.job("finance.draw_up")
def draw_up(work: int, ids: list[int], failed: list[str], kinds: list[str]) -> None:
    """Draw up what the first programmes of ``ids`` still need, leave the rest to the next job.

    Repeated or done by two at once it makes nothing twice: what stands is passed over.
    """
    wanted = [ContractKind(kind) for kind in kinds]

    def of_programme(pk: int, actor: Actor) -> Iterable[str]:
        for each in queries.works(queries.programmes().filter(pk=pk), wanted):
            yield from _attempt(work, each.name, partial(_drawn, each, actor))

    _go_on("finance.draw_up", work, ids, failed, of_programme, "καταρτίστηκαν", kinds=kinds)


def _drawn(each: queries.Work, actor: Actor) -> bool:
    if each.contract is not None:
        return False
    return operations.draw_up_work(each, actor=actor, at=clock.now()) is not None


@jobs.job("finance.issue")
def issue(work: int, ids: list[int], failed: list[str]) -> None:
    """Number, typeset, seal and send the first contracts of ``ids``, the rest in the next job."""

    def one(pk: int, actor: Actor) -> Iterable[str]:
        row = Contract.objects.select_related("payee__person", "payee__centre").get(pk=pk)
        if row.state == ContractState.DRAFT:
            yield from _attempt(work, str(row.payee), partial(_issued, row, actor))

    _go_on("finance.issue", work, ids, failed, one, "εκδόθηκαν και στάλθηκαν")


def _issued(row: Contract, actor: Actor) -> bool:
    operations.issue_and_send(row, actor=actor, at=clock.now())
    return True


def _attempt(work: int, name: str, act: Callable[[], bool]) -> Iterable[str]:
    """Do one act with its step of the bar, in one transaction; the sentence of its refusal."""
    try:
        with transaction.atomic():
            if act():
                jobs.advance(work)
    except NoRoomError:
        raise  # the job comes again when there is room
    except Refusal as refusal:
        yield f"{name}: {refusal}"


def _go_on(
    job: str, work: int, ids: list[int], failed: list[str], each: Each, did: str, **more: object
) -> None:
    row = Work.objects.filter(pk=work).exclude(state=Work.State.DONE).first()
    if row is None:
        return
    actor = actor_of(Person.objects.get(pk=row.owner_id), at=clock.now())
    told = [*failed, *(said for pk in ids[:CHUNK] for said in each(pk, actor))]
    if ids[CHUNK:]:
        jobs.enqueue(job, work=work, ids=ids[CHUNK:], failed=told, **more)
    else:
        _finish(work, told, did)


def _finish(work: int, failed: list[str], did: str) -> None:
    done = Work.objects.get(pk=work).done
    message = f"{greek.count(done, 'σύμβαση', 'συμβάσεις')}: {did}."
    if failed:
        more = f"\nκαι άλλες {len(failed) - TOLD}" if len(failed) > TOLD else ""
        told = "\n".join(failed[:TOLD])
        message += f" Δεν έγιναν {len(failed)}:\n{told}{more}"
    jobs.finish(work, message, failed=bool(failed) and not done)
