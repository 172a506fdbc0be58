"""The protocol of draws: what happened when, by whom, with which fingerprints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When

from didaskaleio.enrolment.models import Draw
from didaskaleio.enrolment.reports.applications import periods
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.kernel.reports import Column, Filter, Report, declare

# what a line of the journal may carry, in the order in which it is told
FINGERPRINTS = (
    ("commitment", "δέσμευση"),
    ("freeze", "λίστα"),
    ("head", "κεφαλή"),
    ("count", "αριθμοί"),
    ("beacon", "δημόσια τύχη"),
    ("seed", "σπόρος"),
    ("bundle", "δεδομένα"),
    ("result", "αποτέλεσμα"),
)


def _protocol(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[JournalEntry]:
    draws = dict(
        access.visible(actor, "draw.follow", Draw.objects.all()).values_list("pk", "period__code")
    )
    titles = [When(subject_id=pk, then=Value(title)) for pk, title in draws.items()]
    rows = JournalEntry.objects.filter(subject=journal.label(Draw), subject_id__in=draws)
    named = Case(*titles, default=Value(""), output_field=CharField())
    return rows.annotate(period_code=named).order_by("-subject_id", "at", "pk")


def _of_period(rows: QuerySet[JournalEntry], value: str) -> QuerySet[JournalEntry]:
    return rows.filter(subject_id__in=Draw.objects.filter(period_id=int(value)).values("pk"))


def fingerprints(row: Any) -> str:
    """The fingerprints of one line, each with its name."""
    told = ((words, row.data.get(name)) for name, words in FINGERPRINTS)
    return " · ".join(f"{words} {value}" for words, value in told if isinstance(value, str | int))


declare(
    Report(
        name="enrolment.draw_protocol",
        title="Πρωτόκολλο κληρώσεων",
        permission="draw.protocol",
        columns=(
            Column("period", "Περίοδος", "period_code"),
            Column("at", "Πότε", kind="moment", order="at"),
            Column("act", "Πράξη"),
            Column("actor", "Από", "actor_name", order="actor_name"),
            Column("reason", "Αιτιολογία"),
            Column("fingerprints", "Αποτυπώματα", fingerprints),
        ),
        rows=_protocol,
        filters=(Filter("period", "Περίοδος", periods, _of_period),),
        note="Κάθε πράξη με τη σειρά της· τα αποτυπώματα είναι δεκαεξαδικά.",
    )
)
