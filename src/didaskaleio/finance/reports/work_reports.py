"""The report (αναφορά) on reports of work: who owes one, who submitted, what was decided."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from didaskaleio.finance.enums import ContractKind, WorkReportState
from didaskaleio.finance.models import WorkReport
from didaskaleio.finance.queries import work_reports as queries
from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.reports import equal, programme_filters


def _rows(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    return access.visible(actor, "work_report.read", queries.work_reports())


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in WorkReportState.choices]


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    kinds = [kind for kind in ContractKind if kind != ContractKind.CENTRE]
    return [(kind.value, str(kind.label)) for kind in kinds]


def _hours(row: WorkReport) -> str:
    told = ((each["title"], Decimal(each["quantity"])) for each in row.activities)
    return "; ".join(f"{title}: {greek.exact(quantity)}" for title, quantity in told)


declare(
    Report(
        name="finance.work_reports",
        title="Εκθέσεις πεπραγμένων",
        permission="work_report.desk",
        columns=(
            Column("number", "Αριθμός", "number", order="number"),
            Column(
                "payee",
                "Υποβάλλει",
                lambda row: str(row.contract.payee),
                order="contract__payee__person__sort_key",
            ),
            Column("kind", "Ιδιότητα", lambda row: row.contract.get_kind_display()),
            Column("contract", "Σύμβαση", "contract.number", order="contract__number"),
            Column(
                "programme",
                "Πρόγραμμα",
                lambda row: row.contract.programme.code if row.contract.programme else "",
                order="contract__programme__code",
            ),
            Column("work", "Έργο", _hours),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("submitted", "Υποβλήθηκε", "submitted_at", kind="moment", order="submitted_at"),
        ),
        rows=_rows,
        filters=(
            Filter("state", "Κατάσταση", _states, equal("state")),
            Filter("kind", "Ιδιότητα", _kinds, equal("contract__kind")),
            *programme_filters("contract__programme__"),
        ),
    )
)
