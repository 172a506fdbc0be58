"""What a report of work says (έκθεση πεπραγμένων): hours of sheets, deliverables, documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from didaskaleio.finance.enums import (
    GONE,
    ContractKind,
    ContractState,
    Source,
    Unit,
    WorkReportState,
)
from didaskaleio.finance.lifecycle.work_reports import WRITABLE
from didaskaleio.finance.models import Contract, WorkLine, WorkReport
from didaskaleio.finance.queries.contracts import RELATIONS
from didaskaleio.finance.queries.sources import found_in, found_of
from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.enums import ProgrammeState

FINISHED = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)
SIGNED = (ContractState.IN_FORCE, ContractState.ENDED)


@dataclass(frozen=True)
class Activity:
    """One kind of work (δραστηριότητα) with its quantity and where each part of it comes from."""

    key: str
    title: str
    quantity: Decimal
    lines: tuple[tuple[str, str, str], ...]
    text: str = ""

    @property
    def amount(self) -> str:
        """The quantity as it is written: «42», «7,5»."""
        return greek.exact(self.quantity)

    def as_kept(self) -> dict[str, Any]:
        """As the submitted report keeps it; the words stand apart."""
        return {
            "key": self.key,
            "title": self.title,
            "quantity": str(self.quantity),
            "lines": [list(line) for line in self.lines],
        }


def work_reports() -> QuerySet[WorkReport]:
    """Reports of work with all that their page shows, the newest first."""
    rows = WorkReport.objects.select_related(
        *(f"contract__{each}" for each in RELATIONS), "centre", "document__file"
    )
    return rows.order_by("-pk")


def activities(contract: Contract, at: datetime) -> tuple[Activity, ...]:
    """The work under a contract as its sources show it now, by unit."""
    held: dict[str, list[tuple[str, str, Decimal]]] = defaultdict(list)
    for unit, title, day, quantity in (*_calculated(contract, at), *_entered(contract)):
        if quantity:
            held[unit].append((title, greek.short_date(day), quantity))
    return tuple(
        Activity(
            unit,
            str(Unit(unit).label),
            sum((quantity for *_, quantity in lines), Decimal(0)),
            tuple((title, day, greek.exact(quantity)) for title, day, quantity in lines),
        )
        for unit, lines in sorted(held.items(), key=lambda each: list(Unit.values).index(each[0]))
    )


def _calculated(contract: Contract, at: datetime) -> Iterator[tuple[str, str, Any, Decimal]]:
    programme, payee = contract.programme, contract.payee
    found = found_of(programme, at) if programme else found_in(contract.action, at)
    for each in found:
        here = programme is None or each.programme in (None, programme)
        if each.person_id == payee.person_id and here and each.role == contract.kind:
            yield each.unit, each.title, each.worked_on, each.quantity


def _entered(contract: Contract) -> Iterator[tuple[str, str, Any, Decimal]]:
    """What only a document shows: scripts, sittings, items."""
    rows = WorkLine.objects.filter(
        payee=contract.payee_id,
        action=contract.action_id,
        role=contract.kind,
        source=Source.DOCUMENT,
    ).exclude(state__in=GONE)
    for line in rows.order_by("worked_on", "pk"):
        if contract.programme_id in (None, line.programme_id):
            yield line.unit, line.source_title, line.worked_on, line.quantity


def shown(report: WorkReport, at: datetime) -> tuple[Activity, ...]:
    """The activities of a report with its words: as submitted, or as they stand while written."""
    if report.state in WRITABLE:
        found = activities(report.contract, at)
    else:
        found = tuple(
            Activity(
                each["key"],
                each["title"],
                Decimal(each["quantity"]),
                tuple((what, day, quantity) for what, day, quantity in each["lines"]),
            )
            for each in report.activities
        )
    return tuple(
        Activity(each.key, each.title, each.quantity, each.lines, report.texts.get(each.key, ""))
        for each in found
    )


def contradicted(report: WorkReport, at: datetime) -> bool:
    """Whether the sources changed so that the submitted figures hold no more."""
    if report.state in WRITABLE:
        return False
    now = [each.as_kept() for each in activities(report.contract, at)]
    return bool(now != report.activities)


def owing() -> QuerySet[Contract]:
    """Signed contracts whose work is over and whose report has not been submitted."""
    over = Q(programme__state__in=FINISHED) | Q(state=ContractState.ENDED)
    waits = Q(work_report=None) | Q(work_report__state__in=WRITABLE)
    rows = Contract.objects.filter(over, waits, state__in=SIGNED)
    return rows.exclude(kind=ContractKind.CENTRE).order_by("ends_at", "pk")


def to_judge() -> QuerySet[WorkReport]:
    """Reports that wait for the centre or the body, the oldest first."""
    rows = work_reports().filter(state=WorkReportState.SUBMITTED)
    return rows.order_by(F("submitted_at").asc(nulls_last=True), "pk")


def judged_by(report: WorkReport, actor: Actor) -> bool:
    """Whether the person judges this report now; nobody judges one's own."""
    if report.state != WorkReportState.SUBMITTED:
        return False
    own = actor.user_id == report.contract.payee.person_id
    return not own and access.allowed(actor, "work_report.judge", report)


def mine(person_id: int) -> QuerySet[Contract]:
    """My signed contracts with their report, those that owe one first."""
    rows = Contract.objects.filter(payee__person=person_id, state__in=SIGNED)
    rows = rows.exclude(kind=ContractKind.CENTRE).select_related(
        "action", "body", "programme", "payee__person", "work_report__document__file"
    )
    owed = Exists(owing().filter(pk=OuterRef("pk")))
    return rows.annotate(owes=owed).order_by("-owes", "-starts_on", "-pk")
