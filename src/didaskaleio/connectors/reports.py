"""Reports (αναφορές) of room connectors: what an import changes, line by line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from didaskaleio.connectors.enums import ChangeKind
from didaskaleio.connectors.models import Change, TeacherImport
from didaskaleio.connectors.wording import differences, name_of
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare

LATEST = 50


def _imports(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "myschool.import", TeacherImport.objects.order_by("-pk"))
    return [(str(row.pk), f"{row} ({row.name})") for row in rows[:LATEST]]


def _changes(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Change]:
    """Of the import that is asked for, else of the latest: never of all of them."""
    offered = [pk for pk, _ in _imports(actor, at)]
    asked = values.get("batch", "")
    one = asked if asked in offered else next(iter(offered), "0")
    rows = access.visible(actor, "myschool.import", Change.objects.filter(batch_id=int(one)))
    return rows.order_by("kind", "line", "pk")


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(kind), str(kind.label)) for kind in ChangeKind]


def _told(row: Change) -> str:
    lines = [f"{one.label}: {one.before} → {one.after}" for one in differences(row)]
    return " · ".join(lines)


def _reason(row: Change) -> str:
    return " ".join(text for text in (row.reason, row.overtaken, row.kept) if text)


def _in(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


declare(
    Report(
        name="connectors.changes",
        title="Εισαγωγή από MySchool, γραμμή προς γραμμή",
        permission="myschool.import",
        columns=(
            Column("line", "Γραμμή", kind="number", order="line"),
            Column("afm", "Α.Φ.Μ.", order="afm"),
            Column("name", "Πρόσωπο", name_of),
            Column("kind", "Τι είναι", lambda row: row.get_kind_display(), order="kind"),
            Column("told", "Τι αλλάζει", _told),
            Column("reason", "Γιατί όχι", _reason),
        ),
        rows=_changes,
        filters=(
            Filter("batch", "Εισαγωγή", _imports, _in("batch_id")),
            Filter("kind", "Τι είναι", _kinds, _in("kind")),
        ),
        search=lambda rows, text: rows.filter(afm=text.strip()[:20]),
    )
)
