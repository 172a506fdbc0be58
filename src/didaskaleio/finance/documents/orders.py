"""The printed order (εντολή πληρωμής): payments, and what of it is outside the eligible period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from didaskaleio.finance.models import PaymentOrder
from didaskaleio.finance.queries import eligibility, orders
from didaskaleio.kernel import greek
from didaskaleio.kernel.printouts import Paper, Printout, Table, declare
from didaskaleio.structures.queries import authority_lines, project_text


def _order(order: PaymentOrder, _at: datetime) -> Paper:
    """Who prepared and approved it, each payment, and the lines that needed a reason."""
    tables = [_payments(order)]
    outside = list(order.outside().select_related("line__payee__person", "line__payee__centre"))
    if outside:
        tables.append(_outside(order, outside))
    return Paper(
        authority=authority_lines(order.action.body),
        under=f"{order.number}, {order.action.title}",
        fields=_fields(order, outside=bool(outside)),
        tables=tables,
        signatures=("Συνέταξε", "Ενέκρινε"),
        cofunding=project_text(order.action.project_id, order.at),
    )


def _fields(order: PaymentOrder, *, outside: bool) -> list[tuple[str, str]]:
    fields = [
        ("Λογαριασμός", str(order.account)),
        ("Ημέρα εκτέλεσης", greek.long_date(order.execution_on, weekday=False)),
        ("Συνέταξε", f"{order.by}, {greek.long_moment(order.at)}"),
        ("Ενέκρινε", str(order.approved_by or "–")),
        ("Κατάσταση", str(order.get_state_display())),
    ]
    if outside:
        fields.append(("Επιλεξιμότητα", eligibility.told(eligibility.period_of(order.action))))
        fields.append(("Αιτιολογία έγκρισης", order.exception or "Δεν έχει εγκριθεί"))
    return fields


def _payments(order: PaymentOrder) -> Table:
    rows = list(orders.payments().filter(order=order))
    lines: list[tuple[str, ...]] = [
        (
            row.payee.name,
            greek.number(row.gross, 2),
            greek.number(row.gross - row.net, 2),
            greek.number(row.net, 2),
        )
        for row in rows
    ]
    sums = (sum(row.gross for row in rows), sum(row.net for row in rows))
    gross, net = sums
    lines.append(("Σύνολο", *(greek.number(each, 2) for each in (gross, gross - net, net))))
    columns = ("Δικαιούχος", "Μικτά (€)", "Κρατήσεις (€)", "Καθαρά (€)")
    return Table("Πληρωμές", columns, lines, ("1fr", "auto", "auto", "auto"), right=(1, 2, 3))


def _outside(order: PaymentOrder, rows: Sequence[Any]) -> Table:
    period = eligibility.period_of(order.action)
    return Table(
        "Γραμμές εκτός περιόδου επιλεξιμότητας",
        ("Δικαιούχος", "Έργο", "Ημέρα έργου", "Ημέρα πληρωμής", "Εκτός", "Ποσό (€)"),
        [
            (
                row.line.payee.name,
                row.line.source_title,
                greek.short_date(row.line.worked_on),
                greek.short_date(row.paid_on),
                ", ".join(period.flaws(row.line.worked_on, row.paid_on)),
                greek.number(row.line.amount, 2),
            )
            for row in rows
        ],
        ("1fr", "1.4fr", "auto", "auto", "auto", "auto"),
        right=(5,),
    )


def _rows() -> QuerySet[PaymentOrder]:
    return PaymentOrder.objects.select_related(
        "action__body", "action__project", "account", "by", "approved_by"
    )


ORDER_PAPER = declare(
    Printout(
        name="finance.order",
        title="Εντολή πληρωμής",
        permission="order.read",
        rows=_rows,
        paper=_order,
        found="Από τη σελίδα της εντολής",
    )
)
