"""What programmes add to the dossier of a programme (φάκελος): its timetable and its approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Value
from django.urls import reverse

from didaskaleio.kernel import greek, journal
from didaskaleio.kernel.dossiers import Entry, Extract, Part, declare, printed
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.queries import project_text

PROGRAMME = "programmes.programme"


def head_of(programme: Programme) -> tuple[tuple[str, str], ...]:
    """The lines by which every extract about a programme begins."""
    return (
        ("Πρόγραμμα", f"{programme.code}, {programme.period.title}"),
        ("Συστάδα", str(programme.cluster)),
        ("Κέντρο", programme.centre.name),
    )


def _entries(programme: Programme, at: datetime) -> Sequence[Entry]:
    page = reverse("programmes:proposal", args=[programme.pk])
    return (
        Entry(
            "Ωρολόγιο πρόγραμμα",
            here=True,
            url=page,
            about=programme,
            printed=lambda: printed(_timetable(programme, at)),
        ),
        Entry(
            "Πρόταση, έλεγχος και έγκριση",
            here=True,
            url=page,
            about=programme,
            printed=lambda: printed(_approval(programme, at)),
        ),
    )


def _timetable(programme: Programme, at: datetime) -> Extract:
    lines = tuple(
        (str(slot.sequence), slot.get_kind_display(), greek.short_date(slot.date), _hours(slot))
        for slot in programme.slots.order_by("date", "start")
    )
    heads = ("Συνάντηση", "Είδος", "Ημέρα", "Ώρες")
    return _extract("Ωρολόγιο πρόγραμμα", programme, heads, lines, at)


def _extract(
    title: str,
    programme: Programme,
    heads: tuple[str, ...],
    lines: tuple[tuple[str, ...], ...],
    at: datetime,
) -> Extract:
    action = programme.period.action
    foot = project_text(action.project_id, at)
    return Extract(title, (action.body.name,), at, head_of(programme), heads, lines, foot)


def _hours(slot: object) -> str:
    return f"{slot.start:%H:%M}–{slot.end:%H:%M}"  # type: ignore[attr-defined]


def _approval(programme: Programme, at: datetime) -> Extract:
    """Every step of the programme with who took it, when, and why."""
    steps = journal.of(programme).exclude(step="").order_by("pk")
    lines = tuple(
        (row.act, row.actor_name, greek.short_moment(row.at), row.reason or "–") for row in steps
    )
    heads = ("Πράξη", "Από", "Πότε", "Αιτιολογία")
    return _extract("Πορεία και έγκριση του προγράμματος", programme, heads, lines, at)


declare(
    Part(
        "programmes.approval",
        "Ωρολόγιο πρόγραμμα και έγκριση",
        PROGRAMME,
        owed=lambda _at: Value(2),
        missing=lambda _at: Value(0),
        entries=_entries,
        order=10,
        permission="programme.read",
    )
)
