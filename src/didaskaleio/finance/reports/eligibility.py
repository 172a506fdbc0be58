"""Report of costs outside the eligible period (εκτός επιλεξιμότητας): which and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from didaskaleio.finance.models import WorkLine
from didaskaleio.finance.queries import eligibility as queries
from didaskaleio.finance.reports.payments import ACTION, STATE, of_order, orders_of
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Column, Filter, Report, declare
from didaskaleio.programmes.reports import equal


def _rows(actor: Actor, _at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    mine = access.visible(actor, "work.read", WorkLine.objects.all()).order_by()
    rows = WorkLine.objects.filter(pk__in=mine.values("pk")).costs_outside()
    asked = of_order(rows, "order_pk", values)
    return asked.select_related(*queries.SHOWN).order_by("-worked_on", "-pk")


declare(
    Report(
        name="finance.outside",
        title="Δαπάνες εκτός περιόδου επιλεξιμότητας",
        permission="payment.desk",
        columns=(
            Column("project", "Πράξη", "action.project.code", order="action__project__code"),
            Column("covers", "Καλύπτει", queries.days_for),
            Column("action", "Δράση", "action.code", order="action__code"),
            Column("payee", "Δικαιούχος", "payee.name"),
            Column("work", "Έργο", "source_title"),
            Column("day", "Ημέρα έργου", "worked_on", kind="date", order="worked_on"),
            Column("paid", "Ημέρα πληρωμής", "paid_on", kind="date", order="paid_on"),
            Column("outside", "Εκτός", queries.flaws_of),
            Column("amount", "Ποσό", kind="points", order="amount", total=True),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("order", "Εντολή", lambda row: row.order_number or "", order="order_number"),
            Column("exception", "Αιτιολογία έγκρισης", lambda row: row.exception or ""),
        ),
        rows=_rows,
        filters=(ACTION, STATE, Filter("of", "Εντολή", orders_of, equal("order_pk"))),
        note="Η πρώτη και η τελευταία ημέρα της περιόδου καλύπτονται. Ως ημέρα πληρωμής μετρά της "
        "τράπεζας, και ως τότε η ημέρα εκτέλεσης της εντολής.",
    )
)
