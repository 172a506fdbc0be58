"""Report of candidacies (αναφορά υποψηφιοτήτων) that the body received."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.registers.enums import RECEIVED
from didaskaleio.registers.models import Candidacy
from didaskaleio.registers.reports.filters import calls, named, within


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(state.value), str(state.label)) for state in RECEIVED]


def _received(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Candidacy]:
    rows = access.visible(actor, "candidacy.read", Candidacy.objects.filter(state__in=RECEIVED))
    rows = rows.exclude(person_id=actor.user_id or 0)  # one's own are no business of the desk
    rows = rows.select_related("call", "person", "submission")
    return rows.order_by("-call_id", "person__sort_key", "pk")


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
            Filter("call", "Πρόσκληση", calls, within("call_id")),
            Filter("state", "Κατάσταση", _states, within("state")),
        ),
        search=named,
    )
)
