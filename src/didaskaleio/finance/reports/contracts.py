"""Reports (αναφορές) of room finance: contracts and payees, and the filters of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from didaskaleio.finance import queries
from didaskaleio.finance.enums import STANDING, ContractKind, ContractState, PayeeState
from didaskaleio.finance.models import Contract, Payee
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.reports import equal

Rows = QuerySet[Any]
MOST = 100


def chosen(rows: QuerySet[Contract], given: Mapping[str, str]) -> QuerySet[Contract]:
    """The contracts that the filters of the desk name; what they do not know is passed over."""
    if text := given.get("q", "").replace("\0", "").strip()[:80]:
        rows = named(rows, text)
    if (kind := given.get("kind")) in ContractKind.values:
        rows = rows.filter(kind=kind)
    if (state := given.get("state")) in ContractState.values:
        rows = rows.filter(state=state)
    period = given.get("period", "")
    if period.isascii() and period.isdecimal() and len(period) <= 18:  # noqa: PLR2004 - a bigint
        rows = rows.filter(programme__period_id=int(period))
    return rows


def named(rows: Rows, text: str) -> Rows:
    """Contracts of a payee by any part of the name, or by the number."""
    found = Q()
    for word in text.split():
        key = GreekKeyOf(Value(word))
        found &= Q(payee__person__sort_key__contains=key) | Q(payee__centre__sort_key__contains=key)
    return rows.filter(found | Q(number__iexact=text.strip()))


def _rows(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    return access.visible(actor, "contract.keep", queries.contracts())


def _choices(choices: Any) -> Callable[[Actor, datetime], list[Choice]]:
    return lambda _actor, _at: [(str(value), str(label)) for value, label in choices]


def _actions(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "contract.keep", Contract.objects.order_by())
    pairs = rows.values_list("action_id", "action__title").distinct()
    return sorted(((str(pk), title) for pk, title in pairs[:MOST]), key=lambda pair: pair[1])


declare(
    Report(
        name="finance.contracts",
        title="Συμβάσεις",
        permission="finance.desk",
        columns=(
            Column("number", "Αριθμός", "number", order="number"),
            Column("payee", "Δικαιούχος", lambda row: str(row.payee)),
            Column("kind", "Είδος", lambda row: row.get_kind_display(), order="kind"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("action", "Δράση", "action.title", order="action__title"),
            Column(
                "programme",
                "Πρόγραμμα",
                lambda row: row.programme.code if row.programme else "",
                order="programme__code",
            ),
            Column("starts", "Έναρξη", "starts_on", kind="date", order="starts_on"),
            Column("ends", "Λήξη", "last_day", kind="date", order="ends_at"),
            Column("hours", "Ώρες", kind="hours", order="hours", total=True),
            Column("ceiling", "Ανώτατο ποσό (€)", kind="number", order="ceiling", total=True),
            Column("signed", "Υπογράφηκε", "signed_at", kind="moment", order="signed_at"),
        ),
        rows=_rows,
        filters=(
            Filter("action", "Δράση", _actions, equal("action_id")),
            Filter("kind", "Είδος", _choices(ContractKind.choices), equal("kind")),
            Filter("state", "Κατάσταση", _choices(ContractState.choices), equal("state")),
        ),
        search=named,
    )
)


def _payees(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    held = Q(contracts__state__in=STANDING)
    rows = queries.payees().annotate(held=Count("contracts", filter=held))
    return access.visible(actor, "payee.keep", rows)


def _kind(row: Payee) -> str:
    return "Πρόσωπο" if row.person_id else "Φορέας κέντρου"


declare(
    Report(
        name="finance.payees",
        title="Δικαιούχοι",
        permission="finance.desk",
        columns=(
            Column("name", "Δικαιούχος", "name"),
            Column("kind", "Πρόσωπο ή φορέας", _kind),
            Column("afm", "Α.Φ.Μ.", "afm"),
            Column("tax_office", "Δ.Ο.Υ.", "tax_office", order="tax_office"),
            Column("status", "Παραστατικό", lambda row: row.get_tax_status_display()),
            Column("state", "Στοιχεία", lambda row: row.get_state_display(), order="state"),
            Column("confirmed", "Επιβεβαιώθηκαν", "confirmed_at", kind="moment"),
            Column("held", "Συμβάσεις", kind="number", order="held", total=True),
        ),
        rows=_payees,
        filters=(Filter("state", "Στοιχεία", _choices(PayeeState.choices), equal("state")),),
        search=queries.found,
    )
)
