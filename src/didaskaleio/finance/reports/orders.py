"""Reports of what an order pays, line by line down to the unit; of contracts, payee by payee."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from didaskaleio.finance.enums import ContractKind, ContractState, PaymentState, Unit
from didaskaleio.finance.models import Contract, PaymentLine
from didaskaleio.finance.queries import payees
from didaskaleio.finance.queries.payees import found
from didaskaleio.finance.reports.payments import choices, of_order, orders_of
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Column, Filter, Report, declare
from didaskaleio.programmes.reports import equal

RELATIONS = (
    "payment__order",
    "payment__payee__person",
    "payment__payee__centre",
    "line__rate",
    "line__contract",
    "line__programme",
)


def _lines(actor: Actor, _at: datetime, values: dict[str, str]) -> QuerySet[PaymentLine]:
    rows = access.visible(actor, "payment_line.read", PaymentLine.objects.all())
    rows = of_order(rows.select_related(*RELATIONS), "payment__order", values)
    return rows.order_by("-payment__order_id", "payment_id", "line__worked_on", "pk")


declare(
    Report(
        name="finance.order_lines",
        title="Εντολές πληρωμής, γραμμή προς γραμμή",
        permission="payment.desk",
        columns=(
            Column("order", "Εντολή", "payment.order.number", order="payment__order__number"),
            Column("payee", "Δικαιούχος", "payment.payee.name"),
            Column("contract", "Σύμβαση", "line.contract.number", order="line__contract__number"),
            Column("programme", "Πρόγραμμα", "line.programme.code", order="line__programme__code"),
            Column("unit", "Μονάδα", lambda row: row.line.get_unit_display(), order="line__unit"),
            Column("counted", "Ποσότητα", "line.counted", kind="points", order="line__counted"),
            Column("price", "Αποζημίωση", "line.price", kind="points", order="line__price"),
            Column("rate", "Έκδοση αποζημίωσης", "line.rate.version", kind="number"),
            Column(
                "amount",
                "Μικτό",
                "line.amount",
                kind="points",
                order="line__amount",
                total=True,
            ),
            Column("net", "Καθαρό μερίδιο", "net", kind="points", order="net", total=True),
            Column("source", "Πηγή", lambda row: row.line.get_source_display()),
            Column("work", "Έργο", "line.source_title"),
            Column("version", "Έκδοση πηγής", "line.source_version", kind="number"),
            Column("day", "Ημέρα έργου", "line.worked_on", kind="date", order="line__worked_on"),
            Column("state", "Πληρωμή", lambda row: row.payment.get_state_display()),
            Column("bank_on", "Τράπεζα", "payment.bank_on", kind="date", order="payment__bank_on"),
        ),
        rows=_lines,
        filters=(
            Filter("of", "Εντολή", orders_of, equal("payment__order")),
            Filter("unit", "Μονάδα", choices(Unit.choices), equal("line__unit")),
            Filter("state", "Πληρωμή", choices(PaymentState.choices), equal("payment__state")),
        ),
        note="Τα καθαρά μερίδια μιας πληρωμής έχουν άθροισμα το καθαρό ποσό της.",
    )
)

C = ContractState
PLACES = (
    ("draft", "Σε προετοιμασία", (C.DRAFT, C.ISSUED)),
    ("signing", "Προς υπογραφή", (C.SIGNING,)),
    ("in_force", "Σε ισχύ", (C.IN_FORCE,)),
    ("over", "Έληξαν ή τροποποιήθηκαν", (C.ENDED, C.REPLACED)),
    ("gone", "Δεν έγιναν", (C.DECLINED, C.WITHDRAWN)),
)


def _by_payee(actor: Actor, _at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    rows = access.visible(actor, "payee.keep", payees())
    kind = values.get("kind", "")
    of_kind = Q(contracts__kind=kind) if kind in ContractKind.values else Q()
    counts = {
        name: Count("contracts", filter=of_kind & Q(contracts__state__in=states))
        for name, _, states in PLACES
    }
    signed = of_kind & Q(contracts__signed_at__isnull=False)
    return rows.annotate(
        **counts,
        ceilings=Sum("contracts__ceiling", filter=of_kind & Q(contracts__state=C.IN_FORCE)),
        last_signed=Max("contracts__signed_at", filter=signed),
    )


def _with(path: str) -> Any:
    """Payees who have a contract of this kind or in this state."""
    return lambda rows, value: rows.filter(
        Exists(Contract.objects.filter(payee=OuterRef("pk"), **{path: value}))
    )


declare(
    Report(
        name="finance.contract_states",
        title="Συμβάσεις ανά δικαιούχο: πού βρίσκεται καθεμία",
        permission="finance.desk",
        columns=(
            Column("payee", "Δικαιούχος", "name"),
            Column("facts", "Στοιχεία", lambda row: row.get_state_display(), order="state"),
            *(
                Column(name, title, kind="number", order=name, total=True)
                for name, title, _ in PLACES
            ),
            Column(
                "ceilings",
                "Ανώτατα ποσά σε ισχύ (€)",
                lambda row: row.ceilings or Decimal(0),
                kind="points",
                order="ceilings",
                total=True,
            ),
            Column("last_signed", "Τελευταία υπογραφή", kind="moment", order="last_signed"),
        ),
        rows=_by_payee,
        filters=(
            Filter("kind", "Είδος", choices(ContractKind.choices), _with("kind")),
            Filter("state", "Έχει σύμβαση", choices(C.choices), _with("state")),
        ),
        search=found,
    )
)
