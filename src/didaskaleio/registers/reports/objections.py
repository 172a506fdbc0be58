"""Report of objections (αναφορά ενστάσεων)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Column, Filter, Report, declare
from didaskaleio.registers.enums import ObjectionState
from didaskaleio.registers.models import Objection
from didaskaleio.registers.reports.filters import calls, within


def _objections(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Objection]:
    rows = access.visible(actor, "objection.read", Objection.objects.all())
    return rows.select_related("call", "candidacy").order_by("-call_id", "at", "pk")


declare(
    Report(
        name="registers.objections",
        title="Ενστάσεις",
        permission="objection.desk",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call_id"),
            Column("number", "Ένσταση", "receipt_number", order="receipt_number"),
            Column("code", "Κωδικός", "candidacy.code", order="candidacy__code"),
            Column("at", "Υποβλήθηκε", kind="moment", order="at"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("effect", "Αποτέλεσμα", lambda row: row.get_effect_display(), order="effect"),
            Column("decided_at", "Κρίθηκε", kind="moment", order="decided_at"),
        ),
        rows=_objections,
        filters=(
            Filter("call", "Πρόσκληση", calls, within("call_id")),
            Filter(
                "state",
                "Κατάσταση",
                lambda _actor, _at: [(str(one.value), str(one.label)) for one in ObjectionState],
                within("state"),
            ),
        ),
    )
)
