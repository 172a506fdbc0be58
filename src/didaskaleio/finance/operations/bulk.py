"""Many contracts at once (μαζικές πράξεις): begun here, done by jobs in small transactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from didaskaleio.finance import queries
from didaskaleio.finance.enums import ContractKind, ContractState
from didaskaleio.finance.errors import ContractError
from didaskaleio.finance.models import Contract
from didaskaleio.kernel import access, greek, jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import Work
from didaskaleio.programmes.models import TrainingPeriod

MOST = 20_000


def begin_drawing_up(
    period: TrainingPeriod, kinds: Sequence[ContractKind], *, actor: Actor, at: datetime
) -> Work:
    """Κατάρτιση of all that a period's settled programmes need and that does not stand yet.

    Refused: a kind without a template in use, nothing left to draw up.
    """
    access.require(actor, "period.contracts", period)
    used = queries.in_use(period.action.body_id)
    if without := [kind.label for kind in kinds if kind not in used]:
        raise ContractError(
            f"Δεν υπάρχει υπόδειγμα σε χρήση για: {', '.join(without)}. Θέστε σε χρήση ένα πρώτα."
        )
    owed = owed_in(period, kinds)
    if not owed:
        raise ContractError("Όλες οι συμβάσεις της περιόδου έχουν καταρτιστεί.")
    ids = list(dict.fromkeys(work.programme.pk for work in owed))
    title = f"Κατάρτιση: {greek.count(len(owed), 'σύμβαση', 'συμβάσεις')}"
    return _begin("finance.draw_up", title, len(owed), ids, actor, at, kinds=list(kinds))


def owed_in(period: TrainingPeriod, kinds: Sequence[ContractKind]) -> list[queries.Work]:
    """The work of a period's programmes that has no contract yet."""
    rows = queries.programmes().filter(period=period).order_by("code")
    return [work for work in queries.works(rows, kinds) if work.contract is None]


def begin_issuing(rows: QuerySet[Contract], *, actor: Actor, at: datetime) -> Work:
    """Έκδοση και αποστολή of every contract in preparation among ``rows`` that the actor keeps."""
    drafts = access.visible(actor, "contract.keep", rows).filter(state=ContractState.DRAFT)
    ids = list(drafts.order_by("pk").values_list("pk", flat=True)[:MOST])
    if not ids:
        raise ContractError("Καμία σύμβαση σε προετοιμασία με αυτά τα φίλτρα. Αλλάξτε τα.")
    title = f"Έκδοση: {greek.count(len(ids), 'σύμβαση', 'συμβάσεις')}"
    return _begin("finance.issue", title, len(ids), ids, actor, at)


def _begin(
    job: str, title: str, total: int, ids: list[int], actor: Actor, at: datetime, **more: object
) -> Work:
    with transaction.atomic():
        work = jobs.begin(job, title, actor=actor, at=at, total=total, url="/finance/contracts/")
        jobs.enqueue(job, work=work.pk, ids=ids, failed=[], **more)
    return work
