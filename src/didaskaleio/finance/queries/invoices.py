"""Invoices (παραστατικά δαπάνης): what is still to be invoiced, and what was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from didaskaleio.finance.enums import INVOICING, WorkState
from didaskaleio.finance.models import Invoice, Payee, WorkLine
from didaskaleio.programmes.models import TrainingAction


@dataclass(frozen=True)
class Uninvoiced:
    """Accepted work of one action that waits for an invoice (έργο χωρίς παραστατικό)."""

    payee: Payee
    action: TrainingAction
    lines: int
    amount: Decimal


def open_lines(payees: Iterable[Payee] | QuerySet[Payee]) -> QuerySet[WorkLine]:
    """Accepted lines that no invoice covers, of those payees that issue one."""
    return WorkLine.objects.filter(
        payee__in=payees,
        payee__tax_status__in=INVOICING,
        state=WorkState.ACCEPTED,
        invoice__isnull=True,
    )


def uninvoiced(payees: Iterable[Payee] | QuerySet[Payee]) -> list[Uninvoiced]:
    """What each payee has to invoice, by action; where corrections leave nothing, nothing."""
    sums = (
        open_lines(payees)
        .order_by()
        .values("payee", "action")
        .annotate(many=Count("pk"), total=Sum("amount"))
        .filter(total__gt=0)
    )
    found = {(row["payee"], row["action"]): row for row in sums}
    known = Payee.objects.select_related("person", "centre", "body").in_bulk(
        [payee for payee, _ in found]
    )
    actions = TrainingAction.objects.in_bulk([action for _, action in found])
    return [
        Uninvoiced(known[payee], actions[action], row["many"], row["total"])
        for (payee, action), row in sorted(found.items())
    ]


def invoices() -> QuerySet[Invoice]:
    """Invoices with what a row of a list shows."""
    return Invoice.objects.select_related("payee__person", "payee__centre", "action", "file")
