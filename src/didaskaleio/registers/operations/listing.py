"""Publication of lists (δημοσίευση πινάκων; R-019): by code, in order, recomputable."""

from __future__ import annotations

import json
from datetime import datetime, time
from decimal import Decimal

from django.db import connection

from didaskaleio.kernel import jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.registers import ranking, rules, standings
from didaskaleio.registers.enums import CallActKind, ListStage
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call, RankingList, RankingRow
from didaskaleio.registers.operations.calling import announce
from didaskaleio.registers.ranking.collector import paused_collector

CHUNK = 2_000
COMPARED = ("candidacy_id", "position", "outcome", "points")
ROWS = (
    "COPY registers_rankingrow (list_id, candidacy_id, before_id, changed, line, position, outcome,"
    " excluded, points, rulings) FROM STDIN"
)


@CALL.performs("publish_provisional", locks=("form",))
def publish_provisional(call: Call, *, actor: Actor, at: datetime) -> None:
    """Προσωρινός πίνακας: the window of objections opens, and each candidate is told.

    Refused while a candidacy waits for a decision. The call is held, and with it every step of
    its candidacies: what is ranked is what stands.
    """
    made = _publish(call, ListStage.PROVISIONAL, actor, at)
    jobs.enqueue("registers.tell_list", list_id=made.pk)


@CALL.performs("publish_final", locks=("form",))
def publish_final(call: Call, *, actor: Actor, at: datetime) -> None:
    """Οριστικός πίνακας: beside each line what stood in the provisional one, and why it changed.

    Refused while the window of objections is open or one of them waits for its decision.
    """
    made = _publish(call, ListStage.FINAL, actor, at)
    jobs.enqueue("registers.tell_list", list_id=made.pk)


@paused_collector()
def _publish(call: Call, stage: ListStage, actor: Actor, at: datetime) -> RankingList:
    act = announce(call, CallActKind(stage.value), actor, at)
    ranked = standings.rank(call, stage, act.number)
    made = RankingList.objects.create(
        call=call,
        stage=stage,
        act=act,
        rules=ranking.write_rules(ranked.rules).decode(),
        table="".join(ranking.write_table(ranked.rules, ranked.order)),
        at=at,
        objections_until=objection_window(call, at) if stage == ListStage.PROVISIONAL else None,
    )
    _keep_rows(made, ranked)
    return made


def objection_window(call: Call, at: datetime) -> datetime:
    """Λήξη ενστάσεων: the end of the last working day of the window that begins at ``at``."""
    last = rules.working_days_after(at, standings.terms_of(call).objection_days)
    return datetime.combine(last.date(), time.max, tzinfo=last.tzinfo)


def _keep_rows(made: RankingList, ranked: standings.Ranked) -> None:
    earlier = RankingRow.objects.filter(list__call=made.call).exclude(list=made).only(*COMPARED)
    before = {row.candidacy_id: row for row in earlier.iterator(chunk_size=CHUNK)}
    with connection.cursor() as cursor, cursor.copy(ROWS) as copy:
        for row in ranked.lines:
            old = before.get(row.candidacy_id)
            changed = old is not None and _said(old) != _said(row)
            copy.write_row((made.pk, row.candidacy_id, old and old.pk, changed, *_line(row)))


def _line(row: RankingRow) -> tuple[object, ...]:
    rulings = json.dumps(row.rulings, ensure_ascii=False)
    return row.line, row.position, row.outcome, row.excluded, row.points, rulings


def _said(row: RankingRow) -> tuple[int | None, str, Decimal]:
    return row.position, row.outcome, Decimal(row.points)
