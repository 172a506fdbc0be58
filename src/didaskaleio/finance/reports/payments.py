"""Reports of payments: work by action, kind and payee; hours per person; what waits; payments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from didaskaleio.finance.enums import GONE, HOURS, ContractKind, PaymentState, Unit, WorkState
from didaskaleio.finance.models import Payment, PaymentOrder, WorkLine
from didaskaleio.finance.queries import orders, work
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.reports import equal

SHOWN, BIGINT = 100, 18


def _work(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[WorkLine]:
    rows = access.visible(actor, "work.read", work.lines())
    return rows.order_by("-worked_on", "-pk")


def _actions(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "pay_action.read", TrainingAction.objects.order_by("-pk"))
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:SHOWN]]


def choices(labels: Any) -> Any:
    return lambda _actor, _at: [(str(value), str(label)) for value, label in labels]


def _label(labels: Any, name: str) -> Any:
    known = dict(labels)
    return lambda row: known.get(row[name], row[name])


ACTION = Filter("action", "Δράση", _actions, equal("action"))
ROLE = Filter("role", "Ρόλος", choices(ContractKind.choices), equal("role"))
UNIT = Filter("unit", "Μονάδα", choices(Unit.choices), equal("unit"))
STATE = Filter("state", "Κατάσταση", choices(WorkState.choices), equal("state"))

declare(
    Report(
        name="finance.work",
        title="Έργο και οφειλόμενα, γραμμή προς γραμμή",
        permission="payment.desk",
        columns=(
            Column("action", "Δράση", "action.code", order="action__code"),
            Column("payee", "Δικαιούχος", "payee.name"),
            Column("role", "Ρόλος", lambda row: row.get_role_display(), order="role"),
            Column("unit", "Μονάδα", lambda row: row.get_unit_display(), order="unit"),
            Column("source", "Πηγή", "source_title"),
            Column("version", "Έκδοση πηγής", "source_version", kind="number"),
            Column("day", "Ημέρα", "worked_on", kind="date", order="worked_on"),
            Column("counted", "Ποσότητα", kind="points", order="counted"),
            Column("price", "Αποζημίωση", kind="points", order="price"),
            Column("rate", "Έκδοση αποζημίωσης", "rate.version", kind="number"),
            Column("amount", "Ποσό", kind="points", order="amount", total=True),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("note", "Παρατήρηση"),
        ),
        rows=_work,
        filters=(ACTION, ROLE, UNIT, STATE),
        note="Κάθε γραμμή με την πηγή και τις εκδόσεις της. Οι διαφορές είναι γραμμές δικές τους.",
    )
)


def _grouped(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any, Any]:
    rows = access.visible(actor, "work.read", WorkLine.objects.all()).order_by()
    grouped = rows.values("action_id", "role", "unit", "state", code=F("action__code"))
    return grouped.annotate(lines=Count("pk"), hours=Sum("counted"), sum=Sum("amount")).order_by(
        "code", "role", "unit", "state"
    )


declare(
    Report(
        name="finance.amounts",
        title="Ποσά ανά δράση, είδος και στάδιο: τι περιμένει πού",
        permission="payment.desk",
        columns=(
            Column("code", "Δράση", order="code"),
            Column("role", "Ρόλος", _label(ContractKind.choices, "role"), order="role"),
            Column("unit", "Μονάδα", _label(Unit.choices, "unit"), order="unit"),
            Column("state", "Στάδιο", _label(WorkState.choices, "state"), order="state"),
            Column("lines", "Γραμμές", kind="number", order="lines", total=True),
            Column("hours", "Ποσότητα", kind="points", order="hours"),
            Column("sum", "Ποσό", kind="points", order="sum", total=True),
        ),
        rows=_grouped,
        filters=(ACTION, ROLE, UNIT, STATE),
        key="code",
    )
)


def _hours(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any, Any]:
    rows = access.visible(actor, "work.read", WorkLine.objects.all()).order_by()
    rows = rows.filter(unit__in=HOURS, payee__person__isnull=False).exclude(state__in=GONE)
    grouped = rows.values(
        "payee_id",
        "role",
        surname=F("payee__person__surname"),
        given_name=F("payee__person__given_name"),
        sorted=F("payee__person__sort_key"),
        project=F("action__project__code"),
    )
    return grouped.annotate(hours=Sum("counted"), sum=Sum("amount")).order_by("sorted", "payee_id")


declare(
    Report(
        name="finance.hours",
        title="Ώρες ανά πρόσωπο και πράξη",
        permission="payment.desk",
        columns=(
            Column("surname", "Επώνυμο", order="sorted"),
            Column("given_name", "Όνομα"),
            Column("project", "Πράξη", order="project"),
            Column("role", "Ρόλος", _label(ContractKind.choices, "role"), order="role"),
            Column("hours", "Ώρες που μετρούν", kind="points", order="hours", total=True),
            Column("sum", "Ποσό", kind="points", order="sum", total=True),
        ),
        rows=_hours,
        filters=(ACTION, ROLE),
        key="payee_id",
    )
)


def _payments(actor: Actor, _at: datetime, values: dict[str, str]) -> QuerySet[Payment]:
    rows = access.visible(actor, "payment.read", orders.payments()).order_by("-order_id", "pk")
    return of_order(rows, "order", values)


def of_order(rows: QuerySet[Any], path: str, values: Mapping[str, str]) -> QuerySet[Any]:
    """The rows of the order that the address names, however old it is; what is unknown has none."""
    asked = values.get("of", "")
    if not asked:
        return rows
    known = asked.isascii() and asked.isdecimal() and len(asked) <= BIGINT
    return rows.filter(**{path: int(asked)}) if known else rows.none()


def orders_of(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "order.read", PaymentOrder.objects.order_by("-pk"))
    return [(str(pk), number) for pk, number in rows.values_list("pk", "number")[:SHOWN]]


declare(
    Report(
        name="finance.payments",
        title="Πληρωμές",
        permission="payment.desk",
        columns=(
            Column("order", "Εντολή", "order.number", order="order__number"),
            Column("action", "Δράση", "order.action.code", order="order__action__code"),
            Column("payee", "Δικαιούχος", "payee.name"),
            Column("gross", "Μικτό", kind="points", order="gross", total=True),
            Column("net", "Καθαρό", kind="points", order="net", total=True),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("execution", "Εκτέλεση", "order.execution_on", kind="date"),
            Column("bank_on", "Τράπεζα", kind="date", order="bank_on"),
        ),
        rows=_payments,
        filters=(
            Filter("of", "Εντολή", orders_of, equal("order")),
            Filter("action", "Δράση", _actions, equal("order__action")),
            Filter("state", "Κατάσταση", choices(PaymentState.choices), equal("state")),
        ),
    )
)
