"""The report (αναφορά) on dossiers: programmes with the documents they owe and lack."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.completion.queries import dossiers as queries
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.reports import programme_filters, project_filter

Rows = QuerySet[Programme]
CHOICES = [("missing", "Με ελλείψεις"), ("whole", "Πλήρεις")]


def _rows(actor: Actor, at: datetime, _values: dict[str, str]) -> Rows:
    mine = access.visible(actor, "dossier.read", queries.programmes())
    return queries.completeness(mine, at)


def _choices(_actor: Actor, _at: datetime) -> list[Choice]:
    return CHOICES


declare(
    Report(
        name="completion.dossiers",
        title="Πληρότητα φακέλων",
        permission="dossier.desk",
        columns=(
            Column("programme", "Πρόγραμμα", "code", order="code"),
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("centre", "Κέντρο", "centre.name"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("owed", "Οφείλονται", kind="number", order="owed", total=True),
            Column("missing", "Λείπουν", kind="number", order="missing", total=True),
        ),
        rows=_rows,
        filters=(
            Filter("view", "Φάκελοι", _choices, queries.narrowed),
            *programme_filters(),
            project_filter(),
        ),
        search=queries.named,
    )
)
