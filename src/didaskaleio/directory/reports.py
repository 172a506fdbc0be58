"""Reports (αναφορές) of room directory: vacant offices, terms that end within three months."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Value

from didaskaleio.directory import queries
from didaskaleio.directory.enums import STANDING, OfficeKind, TermState
from didaskaleio.directory.models import Office, Term
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.structures.models import Region, StructureType

SOON = timedelta(days=92)


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(kind.value), str(kind.label)) for kind in OfficeKind]


def _types(_actor: Actor, _at: datetime) -> list[Choice]:
    rows = StructureType.objects.order_by("abbreviation")
    return [(str(row.pk), row.abbreviation) for row in rows]


def _regions(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), row.name) for row in Region.objects.order_by("sort_key")]


def _in(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _named(path: str) -> Any:
    return lambda rows, text: rows.filter(
        **{f"{path}sort_key__contains": GreekKeyOf(Value(text.strip()[:60]))}
    )


def _vacant(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Office]:
    rows = access.visible(actor, "office.keep", queries.vacancies())
    rows = rows.order_by("structure__sort_key", "structure_id", "pk")
    return rows.prefetch_related("terms__person")


def _last(office: Office) -> Term | None:
    """The term that ended last."""
    ended = [t for t in office.terms.all() if t.state in {TermState.ENDED, TermState.HANDED_OVER}]
    return max(ended, key=lambda term: term.ends_at, default=None)


def _next(office: Office) -> Term | None:
    named = [term for term in office.terms.all() if term.state == TermState.NAMED]
    return min(named, key=lambda term: term.begins_at, default=None)


def _holder(term: Term | None) -> str:
    return str(term.person) if term else ""


def _vacant_since(office: Office) -> datetime | None:
    term = _last(office)
    return term.ends_at if term else None


def _ending(actor: Actor, at: datetime, _values: dict[str, str]) -> QuerySet[Term]:
    rows = access.visible(actor, "term.keep", Term.objects.filter(state__in=STANDING))
    rows = rows.filter(ends_at__lte=at + SOON)
    rows = rows.select_related(
        "person", "office__structure__type", "office__structure__prefecture__region"
    )
    return rows.prefetch_related("office__terms__person").order_by("ends_at", "pk")


def _of(path: str) -> tuple[Filter, ...]:
    """The filters of both, from where ``path`` leads to the structure."""
    office = path.removesuffix("structure__")
    return (
        Filter("kind", "Θέση", _kinds, _in(f"{office}kind")),
        Filter("type", "Τύπος δομής", _types, _in(f"{path}type_id")),
        Filter("region", "Περιφέρεια", _regions, _in(f"{path}prefecture__region_id")),
    )


declare(
    Report(
        name="directory.vacancies",
        title="Κενές θέσεις δομών",
        permission="structure.desk",
        columns=(
            Column("structure", "Δομή", "structure.name", order="structure__sort_key"),
            Column("type", "Τύπος", "structure.type.abbreviation"),
            Column("prefecture", "Νομός", "structure.prefecture.name"),
            Column("region", "Περιφέρεια", "structure.prefecture.region.name"),
            Column("office", "Θέση", "words"),
            Column("since", "Κενή από", _vacant_since, kind="moment"),
            Column("last", "Τελευταία την είχε", lambda row: _holder(_last(row))),
            Column("next", "Έχει οριστεί", lambda row: _holder(_next(row))),
        ),
        rows=_vacant,
        filters=_of("structure__"),
        search=_named("structure__"),
    )
)
declare(
    Report(
        name="directory.ending",
        title="Θητείες που λήγουν σε τρεις μήνες",
        permission="structure.desk",
        columns=(
            Column("structure", "Δομή", "office.structure.name"),
            Column("type", "Τύπος", "office.structure.type.abbreviation"),
            Column("prefecture", "Νομός", "office.structure.prefecture.name"),
            Column("office", "Θέση", "office.words"),
            Column("person", "Πρόσωπο", lambda row: str(row.person), order="person__sort_key"),
            Column("begins", "Από", "first_day", kind="date", order="begins_at"),
            Column("ends", "Έως", "last_day", kind="date", order="ends_at"),
            Column("decision", "Απόφαση"),
            Column("next", "Διάδοχος", lambda row: _holder(_next(row.office))),
        ),
        rows=_ending,
        filters=_of("office__structure__"),
        search=_named("office__structure__"),
    )
)
