"""Reports (αναφορές) of room registers: what a body received, by call and state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.registers.enums import RECEIVED, CallState
from didaskaleio.registers.models import Call, Candidacy

LATEST = 100


def _calls(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "call.manage", Call.objects.filter(state=CallState.EXPIRED))
    return [(str(row.pk), f"{row} ({row.number})") for row in rows.order_by("-pk")[:LATEST]]


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(state.value), str(state.label)) for state in RECEIVED]


def _received(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Candidacy]:
    rows = access.visible(actor, "candidacy.read", Candidacy.objects.filter(state__in=RECEIVED))
    rows = rows.exclude(person_id=actor.user_id or 0)  # one's own are no business of the desk
    rows = rows.select_related("call", "person", "submission")
    return rows.order_by("-call_id", "person__sort_key", "pk")


def _in(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _named(rows: QuerySet[Candidacy], text: str) -> QuerySet[Candidacy]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


declare(
    Report(
        name="registers.candidacies",
        title="Υποψηφιότητες που παρέλαβε ο φορέας",
        permission="call.desk",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call_id"),
            Column("code", "Κωδικός", order="code"),
            Column("person", "Πρόσωπο", lambda row: str(row.person), order="person__sort_key"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("version", "Έκδοση", "submission.version", kind="number"),
            Column("at", "Υποβλήθηκε", "submission.at", kind="moment", order="submission__at"),
            Column("points", "Μόρια που δηλώθηκαν", "submission.total", kind="points"),
            Column("verdict", "Αιτιολογία"),
        ),
        rows=_received,
        filters=(
            Filter("call", "Πρόσκληση", _calls, _in("call_id")),
            Filter("state", "Κατάσταση", _states, _in("state")),
        ),
        search=_named,
    )
)
