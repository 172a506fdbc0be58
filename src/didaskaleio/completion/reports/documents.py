"""Reports of how programmes are completed: what is due, what was issued, who waits for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Func
from django.db.models.functions import Coalesce

from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import (
    Attestation,
    ConsolidatedAttendance,
    EmploymentAttestation,
)
from didaskaleio.completion.queries.standing import FINISHED, ROSTER
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Map, Report, declare
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.reports import equal, programme_filters, units_of

Rows = QuerySet[Any]
REPORT = "completion.report"
SHOWN = (ProgrammeState.RUNNING, ProgrammeState.SUSPENDED, *FINISHED)
IDLE = (*SETTLED, "cancelled")


def _many(rows: QuerySet[Any]) -> Coalesce:
    """How many of ``rows`` the programme of the outer query has, as a column."""
    own = rows.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def _programmes(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    rows = access.visible(actor, "completion.read", Programme.objects.filter(state__in=SHOWN))
    sheets = ConsolidatedAttendance.objects.filter(programme=OuterRef("pk")).order_by("-version")
    of = Attestation.objects
    return (
        rows.select_related("centre", "period", "trainer")
        .annotate(
            people=_many(ParticipationApplication.objects.filter(state__in=ROSTER)),
            unsigned=_many(TrainingSession.objects.exclude(state__in=IDLE)),
            owed=_many(of.filter(state=AttestationState.OWED)),
            issued=_many(of.filter(state=AttestationState.ISSUED)),
            asked=_many(EmploymentAttestation.objects.filter(state="requested")),
            sheet=Subquery(sheets.values("version")[:1]),
            sheet_at=Subquery(sheets.values("at")[:1]),
        )
        .order_by("period__code", "code", "pk")
    )


def _waits_for(row: Any) -> str:
    """Who has the next act on the documents of a programme."""
    if row.state == ProgrammeState.DOCUMENTED:
        return ""
    if row.unsigned:
        return "Επιμορφωτής/τρια: παρουσιολόγια"
    if row.state == ProgrammeState.COMPLETED and row.owed:
        return "Φορέας: βεβαιώσεις"
    if row.sheet is None:
        return "Κ.Σ.Ε.: συγκεντρωτικό"
    return "Φορέας: αποδοχή παραστατικών"


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(state), str(state.label)) for state in SHOWN]


def _number(name: str, title: str) -> Column:
    return Column(name, title, kind="number", order=name, total=True)


declare(
    Report(
        name="completion.programmes",
        title="Ολοκλήρωση προγραμμάτων: τι οφείλεται και από ποιον",
        permission=REPORT,
        columns=(
            Column("programme", "Πρόγραμμα", "code", order="code"),
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("centre", "Κ.Σ.Ε.", "centre.name", order="centre__name"),
            Column("trainer", "Επιμορφωτής/τρια", lambda row: str(row.trainer or "")),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            _number("people", "Πρόσωπα"),
            _number("unsigned", "Χωρίς υπογραφή"),
            Column("sheet", "Συγκεντρωτικό, έκδοση", kind="number", order="sheet"),
            Column("sheet_at", "Εκδόθηκε", kind="moment", order="sheet_at"),
            _number("owed", "Βεβαιώσεις που οφείλονται"),
            _number("issued", "Βεβαιώσεις που εκδόθηκαν"),
            _number("asked", "Αιτήματα απασχόλησης"),
            Column("waits", "Ποιος έχει σειρά", _waits_for),
        ),
        rows=_programmes,
        filters=(Filter("state", "Κατάσταση", _states, equal("state")), *programme_filters()),
        map=Map(
            "Προγράμματα",
            lambda rows: units_of(
                Programme.objects.filter(pk__in=rows.values("pk")),
                "centre__regional_unit__code",
                Count("pk"),
            ),
        ),
    )
)


def _consolidated(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    rows = access.visible(actor, "consolidation.read", ConsolidatedAttendance.objects.all())
    newer = ConsolidatedAttendance.objects.filter(
        programme=OuterRef("programme"), version__gt=OuterRef("version")
    )
    length = Func("rows", function="jsonb_array_length", output_field=IntegerField())
    return (
        rows.select_related("programme__centre", "document")
        .annotate(people=length, replaced=Exists(newer))
        .order_by("programme__code", "-version", "pk")
    )


def _in_force(_actor: Actor, _at: datetime) -> list[Choice]:
    return [("yes", "Ισχύει"), ("no", "Αντικαταστάθηκε")]


declare(
    Report(
        name="completion.consolidated",
        title="Συγκεντρωτικά παρουσιολόγια που εκδόθηκαν",
        permission=REPORT,
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("centre", "Κ.Σ.Ε.", "programme.centre.name", order="programme__centre__name"),
            Column("version", "Έκδοση", kind="number", order="version"),
            Column("number", "Αριθμός", "document.number", order="document__number"),
            Column("at", "Εκδόθηκε", kind="moment", order="at"),
            _number("people", "Πρόσωπα"),
            Column("force", "Ισχύς", lambda row: "Αντικαταστάθηκε" if row.replaced else "Ισχύει"),
        ),
        rows=_consolidated,
        filters=(
            Filter(
                "force",
                "Ισχύς",
                _in_force,
                lambda rows, value: rows.filter(Q(replaced=value == "no")),
            ),
            *programme_filters("programme__"),
        ),
    )
)
