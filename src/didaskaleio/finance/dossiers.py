"""What finance adds to the dossier of a programme (φάκελος): contracts, reports, payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from didaskaleio.finance.enums import ContractKind, ContractState, WorkReportState
from didaskaleio.finance.models import Contract
from didaskaleio.finance.queries.work_reports import FINISHED, SIGNED
from didaskaleio.kernel.dossiers import Entry, Part, declare, number_of
from didaskaleio.programmes.models import Programme

PROGRAMME = "programmes.programme"
OVER = Q(programme__state__in=FINISHED) | Q(state=ContractState.ENDED)
REPORTED = Q(work_report__state=WorkReportState.ACCEPTED)


def _reporting() -> QuerySet[Contract]:
    """Contracts of a programme that owe a report of work."""
    return Contract.objects.filter(OVER, state__in=SIGNED).exclude(kind=ContractKind.CENTRE)


def _reports_owed(_at: datetime) -> Combinable:
    return number_of(_reporting(), "programme")


def _reports_missing(_at: datetime) -> Combinable:
    return number_of(_reporting().exclude(REPORTED), "programme")


def _reports(programme: Programme, _at: datetime) -> Sequence[Entry]:
    rows = (
        _reporting()
        .filter(programme=programme)
        .select_related(
            "programme",
            "payee__person",
            "work_report__document__file",
            "work_report__centre",
            "body",
        )
    )
    return [_report(row) for row in rows.order_by("payee__person__sort_key", "pk")]


def _report(contract: Contract) -> Entry:
    title = f"Έκθεση πεπραγμένων: {contract.payee} ({contract.get_kind_display().lower()})"
    report = getattr(contract, "work_report", None)
    page = reverse("finance:work-report", args=[report.pk]) if report else ""
    if report is None or report.state in {WorkReportState.DRAFT, WorkReportState.RETURNED}:
        since = _over_since(contract)
        return Entry(title, False, page, str(contract.payee), since)
    if report.state == WorkReportState.SUBMITTED:
        judge = str(report.centre or contract.body.short_name)
        return Entry(title, False, page, judge, report.submitted_at)
    return Entry(title, True, page, file=report.document.file if report.document else None)


def _over_since(contract: Contract) -> datetime:
    """From when the report is owed: the end of the programme, or of the contract."""
    programme = contract.programme
    if programme and programme.state in FINISHED and programme.state_since:
        return min(programme.state_since, contract.ends_at)
    return contract.ends_at


declare(
    Part(
        "finance.work_reports",
        "Εκθέσεις πεπραγμένων",
        PROGRAMME,
        _reports_owed,
        _reports_missing,
        _reports,
        order=60,
        needed=True,
    )
)
