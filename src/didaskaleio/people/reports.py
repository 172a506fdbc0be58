"""Reports (αναφορές) of room people: the rights that were granted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.people import scopes
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post

Posts = QuerySet[Post]
COUNTRYWIDE = (Role.TEACHER, Role.TRAINER)  # by the record, not by a grant


def _scope_name() -> Case:
    """The name of the scope, each kind from its own table."""
    cases = [
        When(
            scope=kind.kind,
            then=Subquery(kind.rows().filter(pk=OuterRef("scope_id")).values(kind.label)[:1]),
        )
        for kind in scopes.known.values()
    ]
    whole = Value(str(Scope.COUNTRY.label))
    return Case(*cases, default=whole, output_field=CharField())


def _told(column: str) -> Subquery:
    """What the journal says of the granting of a post."""
    rows = JournalEntry.objects.filter(subject=journal.label(Post), subject_id=OuterRef("pk"))
    return Subquery(rows.order_by("at", "pk").values(column)[:1])


def _rights(actor: Actor, at: datetime, _values: dict[str, str]) -> Posts:
    rows = access.visible(actor, "post.grant", Post.objects.exclude(role__in=COUNTRYWIDE))
    return (
        rows.select_related("person")
        .annotate(
            stands=Q(valid_until=None) | Q(valid_until__gt=at),
            scope_name=_scope_name(),
            granted_by=_told("actor_name"),
            granted_for=_told("reason"),
        )
        .order_by("person__sort_key", "-valid_from", "pk")
    )


def _roles(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(role), str(role.label)) for role in Role if role not in COUNTRYWIDE]


def _stands(rows: Posts, value: str) -> Posts:
    found: Posts = _in("stands")(rows, value == "open")
    return found


def _named(rows: Posts, text: str) -> Posts:
    by_name = Q()
    for word in text.split():
        by_name &= Q(person__sort_key__contains=GreekKeyOf(Value(word)))
    return rows.filter(by_name)


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(kind), str(kind.label)) for kind in Scope]


def _standing(_actor: Actor, _at: datetime) -> list[Choice]:
    return [("open", "Σε ισχύ"), ("ended", "Έληξαν")]


def _in(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


declare(
    Report(
        name="people.rights",
        title="Δικαιώματα που δόθηκαν",
        permission="rights.open",
        columns=(
            Column("person", "Πρόσωπο", lambda row: str(row.person), order="person__sort_key"),
            Column("username", "Λογαριασμός", "person.username"),
            Column("role", "Δικαίωμα", lambda row: row.get_role_display(), order="role"),
            Column("scope", "Εμβέλεια", lambda row: row.get_scope_display(), order="scope"),
            Column("scope_name", "Πού", order="scope_name"),
            Column("valid_from", "Από", kind="moment", order="valid_from"),
            Column("valid_until", "Έως", kind="moment", order="valid_until"),
            Column("granted_by", "Το έδωσε"),
            Column("granted_for", "Αιτιολογία"),
        ),
        rows=_rights,
        filters=(
            Filter("role", "Δικαίωμα", _roles, _in("role")),
            Filter("scope", "Εμβέλεια", _kinds, _in("scope")),
            Filter("standing", "Ισχύς", _standing, _stands),
        ),
        search=_named,
    )
)
