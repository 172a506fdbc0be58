"""Reports of members of registers (αναφορές μελών μητρώων): one by one, and counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.definition import Question
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.registers import queries
from didaskaleio.registers.enums import MemberState
from didaskaleio.registers.models import Membership
from didaskaleio.registers.reports.filters import named, prefectures, within
from didaskaleio.registers.wording import said
from didaskaleio.structures.models import Cluster


def _registers(actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), row.title) for row in queries.registers_found(actor)]


def _member_states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(one.value), str(one.label)) for one in MemberState]


def _clusters(_actor: Actor, at: datetime) -> list[Choice]:
    rows = Cluster.objects.filter(scheme__valid_from__lte=localdate(at))
    rows = rows.filter(Q(scheme__valid_until=None) | Q(scheme__valid_until__gte=localdate(at)))
    return [(str(row.pk), str(row)) for row in rows.order_by("-scheme__level", "order")]


def _weekdays(_actor: Actor, _at: datetime) -> list[Choice]:
    return list(queries.WEEKDAYS.items())


def _members(actor: Actor, at: datetime, values: Mapping[str, str]) -> QuerySet[Any]:
    """The members of the actor's registers, narrowed by place, subject and free day."""
    rows = access.visible(actor, "membership.find", Membership.objects.all())
    rows = queries.with_place(rows, localdate(at)).exclude(state=MemberState.REMOVED)
    if values.get("cluster", "").isdecimal():
        rows = queries.in_cluster(rows, int(values["cluster"]))
    if values.get("prefecture", "").isdecimal():
        rows = queries.in_prefecture(rows, int(values["prefecture"]), localdate(at))
    if values.get("day", "") in queries.WEEKDAYS:
        rows = queries.free_on(rows, queries.registers_found(actor), values["day"])
    return rows.order_by("person__sort_key", "pk")


def _asked_above(rows: QuerySet[Any], _value: str) -> QuerySet[Any]:
    """Narrowed already by ``rows``, which knows the day and the actor."""
    return rows


def _fields(actor: Actor, _at: datetime, values: Mapping[str, str]) -> list[Column]:
    """The fields of the chosen register, each a column."""
    chosen = values.get("register", "")
    if not chosen.isdecimal():
        return []
    register = queries.registers_found(actor).filter(pk=int(chosen)).first()
    return [_field(one) for one in register.fields().questions()] if register else []


def _field(asked: Question) -> Column:
    return Column(
        f"field-{asked.key}", asked.label, lambda row: said(asked, row.values.get(asked.key))
    )


PLACES = (
    Filter("cluster", "Συστάδα", _clusters, _asked_above),
    Filter("prefecture", "Νομός", prefectures, _asked_above),
)
declare(
    Report(
        name="registers.members",
        title="Μέλη μητρώων",
        permission="membership.desk",
        columns=(
            Column("person", "Μέλος", lambda row: str(row.person), order="person__sort_key"),
            Column("number", "Αριθμός", order="number"),
            Column("register", "Μητρώο", "register.title", order="register__sort_key"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("until", "Ισχύει έως", "valid_until", kind="moment", order="valid_until"),
            Column("prefecture", "Νομός", "place", order="place"),
            Column("clusters", "Συστάδες", queries.clusters_of),
        ),
        rows=_members,
        filters=(
            Filter("register", "Μητρώο", _registers, within("register_id")),
            Filter("state", "Κατάσταση", _member_states, within("state")),
            *PLACES,
            Filter("day", "Ημέρα που διαθέτει", _weekdays, _asked_above),
        ),
        search=named,
        shape=_fields,
        note="Διαλέξτε μητρώο για να φανούν και τα στοιχεία των μελών του.",
    )
)


def _tally(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    """How many members stand, by register and prefecture of service."""
    rows = _members(actor, at, values).order_by().values("register", "register__title", "place")
    counted: QuerySet[Any] = rows.annotate(
        active=Count("pk", filter=Q(state=MemberState.ACTIVE)),
        expiring=Count("pk", filter=Q(state=MemberState.EXPIRING)),
        expired=Count("pk", filter=Q(state=MemberState.EXPIRED)),
        suspended=Count("pk", filter=Q(state=MemberState.SUSPENDED)),
        every=Count("pk"),
    )
    return counted.order_by("register__title", "place")


def _sum(name: str, title: str) -> Column:
    return Column(name, title, kind="number", order=name, total=True)


declare(
    Report(
        name="registers.tally",
        title="Μέλη μητρώων ανά νομό",
        permission="membership.desk",
        columns=(
            Column("register", "Μητρώο", lambda row: row["register__title"]),
            Column("place", "Νομός", lambda row: row["place"] or "Χωρίς υπηρεσία"),
            _sum("active", "Ενεργά"),
            _sum("expiring", "Λήγουν σύντομα"),
            _sum("expired", "Έληξαν"),
            _sum("suspended", "Σε αναστολή"),
            _sum("every", "Σύνολο"),
        ),
        rows=_tally,
        filters=(
            Filter("register", "Μητρώο", _registers, within("register")),
            PLACES[0],
            Filter("day", "Ημέρα που διαθέτει", _weekdays, _asked_above),
        ),
        key="register",
    )
)
