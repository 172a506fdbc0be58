"""What finance adds to the dossier of a programme (φάκελος): contracts, reports, payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

from didaskaleio.finance import amounts
from didaskaleio.finance.enums import (
    ContractKind,
    ContractState,
    InvoiceState,
    MinutesState,
    PaymentState,
    WorkReportState,
)
from didaskaleio.finance.lifecycle.work_reports import WRITABLE
from didaskaleio.finance.models import Contract, Invoice, Minutes, Payment, WorkLine
from didaskaleio.finance.queries import eligibility
from didaskaleio.finance.queries.work_reports import FINISHED, SIGNED
from didaskaleio.kernel import greek
from didaskaleio.kernel.dossiers import Entry, Extract, Part, declare, number_of, printed
from didaskaleio.programmes.dossiers import PROGRAMME, head_of
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import FundedProject
from didaskaleio.structures.queries import authority_lines, project_text

OVER = Q(programme__state__in=FINISHED) | Q(state=ContractState.ENDED)
REPORTED = Q(work_report__state=WorkReportState.ACCEPTED)
LAPSED = (ContractState.DECLINED, ContractState.WITHDRAWN, ContractState.REPLACED)
ACCOUNTS = "Οικονομική υπηρεσία"


def _standing(_at: datetime) -> QuerySet[Contract]:
    return Contract.objects.exclude(state__in=LAPSED)


def _contracts(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = (
        _standing(at)
        .filter(programme=programme)
        .select_related(
            "payee__person",
            "payee__centre",
            "body",
            "document__file",
            "case__file",
            "case__turn__person",
        )
    )
    return [_contract(row) for row in rows.order_by("kind", "pk")]


def _contract(row: Contract) -> Entry:
    title = f"Σύμβαση {row.get_kind_display()}: {row.payee}"
    page = reverse("finance:contract", args=[row.pk])
    if row.state in SIGNED:
        held = row.case or row.document
        file = held.file if held is not None else None
        return Entry(f"{title}, {row.number}", here=True, url=page, about=row, file=file)
    if row.state == ContractState.SIGNING and row.case is not None and row.case.turn is not None:
        return Entry(title, False, str(row.case.turn.person or row.body), row.at, page, row)
    return Entry(title, False, ACCOUNTS, row.at, page, row)


def _reporting(_at: datetime) -> QuerySet[Contract]:
    """Contracts of a programme that owe a report of work."""
    return Contract.objects.filter(OVER, state__in=SIGNED).exclude(kind=ContractKind.CENTRE)


def _reports(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = (
        _reporting(at)
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
    if report is None or report.state in WRITABLE:
        return Entry(title, False, str(contract.payee), _over_since(contract), page, report)
    if report.state == WorkReportState.SUBMITTED:
        judge = str(report.centre or contract.body.short_name)
        return Entry(title, False, judge, report.submitted_at, page, report)
    file = report.document.file if report.document else None
    return Entry(f"{title}, {report.number}", here=True, url=page, about=report, file=file)


def _over_since(contract: Contract) -> datetime:
    """From when the report is owed: the end of the programme, or of the contract."""
    programme = contract.programme
    if programme and programme.state in FINISHED and programme.state_since:
        return min(programme.state_since, contract.ends_at)
    return contract.ends_at


def _drawn(_at: datetime) -> QuerySet[Minutes]:
    return Minutes.objects.exclude(state=MinutesState.WITHDRAWN)


def _minutes(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = _drawn(at).filter(items__line__programme=programme).distinct()
    found = rows.select_related("committee__action", "document__file").order_by("at", "pk")
    return [_one_minutes(row) for row in found]


def _one_minutes(row: Minutes) -> Entry:
    page = reverse("finance:minutes", args=[row.pk])
    if row.state == MinutesState.SEALED and row.document is not None:
        return Entry(str(row), here=True, url=page, about=row, file=row.document.file)
    waited = row.committee.title if row.state == MinutesState.SIGNING else ACCOUNTS
    return Entry(str(row), False, waited, row.at, page, row)


def _given(_at: datetime) -> QuerySet[Invoice]:
    return Invoice.objects.exclude(state=InvoiceState.REJECTED)


def _invoices(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = _given(at).filter(lines__programme=programme).distinct()
    found = rows.select_related("payee__person", "payee__centre", "file").order_by("pk")
    return [_invoice(row) for row in found]


def _invoice(row: Invoice) -> Entry:
    title, page = f"{row}: {row.payee}", reverse("finance:payee", args=[row.payee_id])
    if row.state == InvoiceState.ACCEPTED:
        return Entry(title, here=True, url=page, about=row.payee, file=row.file)
    return Entry(title, False, ACCOUNTS, row.at, page, row.payee)


def _ordered(_at: datetime) -> QuerySet[Payment]:
    return Payment.objects.filter(state__in=(PaymentState.WAITING, PaymentState.PAID))


def _payments(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = (
        _ordered(at)
        .filter(lines__line__programme=programme)
        .distinct()
        .select_related("payee__person", "payee__centre", "order__action__project")
    )
    return [_payment(row, programme, at) for row in rows.order_by("order__at", "pk")]


def _payment(row: Payment, programme: Programme, at: datetime) -> Entry:
    title = f"Πληρωμή: {row.payee}, εντολή {row.order.number}"
    page = reverse("finance:payment", args=[row.pk])
    if row.state == PaymentState.WAITING:
        return Entry(title, False, ACCOUNTS, row.order.at, page, row)
    return Entry(
        title,
        here=True,
        url=page,
        about=row,
        printed=lambda: printed(_paid(row, programme, at)),
    )


def _paid(row: Payment, programme: Programme, at: datetime) -> Extract:
    """What was paid for this programme, line by line; without the account of the payee."""
    held = row.lines.filter(line__programme=programme).select_related("line__rate")
    lines = [each.line for each in held.order_by("line__worked_on", "pk")]
    day = f"πληρώθηκε {greek.short_date(row.bank_on)}" if row.bank_on else ""
    total = sum((line.amount for line in lines), amounts.ZERO)
    return Extract(
        "Πληρωμή έργου",
        (programme.period.action.body.name,),
        at,
        (
            *head_of(programme),
            ("Δικαιούχος", row.payee.name),
            ("Εντολή", f"{row.order.number}, {day}"),
            ("Μικτό για το πρόγραμμα", greek.euro(total)),
            *_covered(row, lines),
        ),
        ("Έργο", "Ποσότητα", "Αποζημίωση (€)", "Ποσό (€)", "Πηγή", "Επιλεξιμότητα"),
        tuple(
            (
                line.source_title,
                greek.exact(line.counted),
                f"{greek.number(line.price, 2)}, έκδοση {line.rate.version}",
                greek.number(line.amount, 2),
                f"έκδοση {line.source_version}",
                _flawed(row, line),
            )
            for line in lines
        ),
        project_text(programme.period.action.project_id, at),
    )


def _covered(row: Payment, lines: Sequence[WorkLine]) -> list[tuple[str, str]]:
    """The days that the project covers, and why something outside them was approved."""
    told = eligibility.told(eligibility.period_of(row.order.action))
    facts = [("Επιλεξιμότητα", told)] if told else []
    if any(_flaws(row, line) for line in lines):
        facts.append(("Αιτιολογία έγκρισης", row.order.exception or "–"))
    return facts


def _flaws(row: Payment, line: WorkLine) -> tuple[str, ...]:
    period = eligibility.period_of(row.order.action)
    return period.flaws(line.worked_on, row.bank_on or row.order.execution_on)


def _flawed(row: Payment, line: WorkLine) -> str:
    flaws = _flaws(row, line)
    return f"Εκτός: {', '.join(flaws)}" if flaws else "Εντός"


def _costs(project: FundedProject, at: datetime) -> Sequence[Entry]:
    title = "Πράξη: δαπάνες εκτός περιόδου επιλεξιμότητας"
    return [Entry(title, here=True, printed=lambda: printed(_outside(project, title, at)))]


def _outside(project: FundedProject, title: str, at: datetime) -> Extract:
    """Every cost of the project whose work or payment is outside, with the reason of its order."""
    rows = list(eligibility.costs(project))
    total = sum((row.amount for row in rows), amounts.ZERO)
    return Extract(
        title,
        authority_lines(project.body),
        at,
        (
            ("Πράξη", project.code),
            ("Επιλεξιμότητα", eligibility.told(eligibility.period_of_project(project)) or "–"),
            ("Σύνολο εκτός", greek.euro(total)),
        ),
        ("Δικαιούχος", "Έργο", "Εκτός", "Ποσό (€)", "Εντολή", "Αιτιολογία"),
        tuple(_cost(row) for row in rows),
        project_text(project.pk, at),
    )


def _cost(row: Any) -> tuple[str, ...]:
    return (
        row.payee.name,
        f"{row.source_title}, {greek.short_date(row.worked_on)}",
        eligibility.flaws_of(row),
        greek.number(row.amount, 2),
        row.order_number or "–",
        row.exception or "–",
    )


declare(
    Part(
        "finance.outside",
        "Δαπάνες εκτός επιλεξιμότητας",
        "structures.fundedproject",
        owed=lambda _at: Value(1),
        missing=lambda _at: Value(0),
        entries=_costs,
        order=80,
        permission="payment.desk",
    )
)
declare(
    Part(
        "finance.contracts",
        "Συμβάσεις",
        PROGRAMME,
        owed=lambda at: number_of(_standing(at), "programme"),
        missing=lambda at: number_of(_standing(at).exclude(state__in=SIGNED), "programme"),
        entries=_contracts,
        order=55,
        permission="contract.read",
    )
)
declare(
    Part(
        "finance.work_reports",
        "Εκθέσεις πεπραγμένων",
        PROGRAMME,
        owed=lambda at: number_of(_reporting(at), "programme"),
        missing=lambda at: number_of(_reporting(at).exclude(REPORTED), "programme"),
        entries=_reports,
        order=60,
        permission="work_report.read",
        needed=True,
    )
)
declare(
    Part(
        "finance.minutes",
        "Πρακτικά παραλαβής",
        PROGRAMME,
        owed=lambda at: number_of(_drawn(at), "items__line__programme"),
        missing=lambda at: number_of(
            _drawn(at).exclude(state=MinutesState.SEALED), "items__line__programme"
        ),
        entries=_minutes,
        order=70,
        permission="minutes.read",
    )
)
declare(
    Part(
        "finance.invoices",
        "Παραστατικά δαπάνης",
        PROGRAMME,
        owed=lambda at: number_of(_given(at), "lines__programme"),
        missing=lambda at: number_of(
            _given(at).exclude(state=InvoiceState.ACCEPTED), "lines__programme"
        ),
        entries=_invoices,
        order=75,
        permission="payee.keep",
    )
)
declare(
    Part(
        "finance.payments",
        "Πληρωμές",
        PROGRAMME,
        owed=lambda at: number_of(_ordered(at), "lines__line__programme"),
        missing=lambda at: number_of(
            _ordered(at).filter(state=PaymentState.WAITING), "lines__line__programme"
        ),
        entries=_payments,
        order=80,
        permission="payment.read",
    )
)
