"""Reports of places: how programmes fill, and the requests of phase B."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import (
    Count,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, Coalesce

from didaskaleio.enrolment.enums import HOLDING_STATES, EntryState, LogOutcome
from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog, WaitingEntry
from didaskaleio.enrolment.reports.applications import DESK
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Map, Report, declare
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.reports import equal, programme_filters, units_of

NOT_OFFERED = (
    ProgrammeState.DRAFT,
    ProgrammeState.SUBMITTED,
    ProgrammeState.RETURNED,
    ProgrammeState.CHECKED,
    ProgrammeState.APPROVED,
    ProgrammeState.REJECTED,
)


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of ``rows`` belong to the programme at hand."""
    own = rows.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Coalesce(Subquery(own.annotate(n=Count("pk", distinct=True)).values("n")), 0)


def _fill(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Programme]:
    offered = Programme.objects.exclude(state__in=NOT_OFFERED)
    rows = access.visible(actor, "places.read", offered)
    held = ParticipationApplication.objects.filter(state__in=HOLDING_STATES)
    waiting = WaitingEntry.objects.filter(state__in=(EntryState.WAITING, EntryState.OFFERED))
    return (
        rows.select_related("period", "centre__region", "cluster", "category")
        .annotate(held=_counted(held), waiting=_counted(waiting))
        .annotate(
            free=F("capacity") - F("held"),
            share=Cast("held", FloatField()) / Cast("capacity", FloatField()),
        )
        .order_by("-period_id", "code", "pk")
    )


def _filled(rows: QuerySet[Any]) -> Any:
    held = Sum("held", output_field=IntegerField())
    return units_of(rows.filter(held__gt=0), "centre__regional_unit__code", held)


declare(
    Report(
        name="enrolment.fill",
        title="Πληρότητα προγραμμάτων",
        permission=DESK,
        columns=(
            Column("programme", "Πρόγραμμα", "code", order="code"),
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("centre", "Κ.Σ.Ε.", "centre.name", order="centre__name"),
            Column("region", "Περιφέρεια", "centre.region.name", order="centre__region__name"),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            Column("category", "Κατηγορία", "category.label", order="category__order"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("capacity", "Θέσεις", kind="number", order="capacity", total=True),
            Column("held", "Καλύφθηκαν", kind="number", order="held", total=True),
            Column("free", "Ελεύθερες", kind="number", order="free", total=True),
            Column("share", "Πληρότητα", kind="share", order="share"),
            Column("waiting", "Σε αναμονή", kind="number", order="waiting", total=True),
        ),
        rows=_fill,
        filters=programme_filters(),
        note="Σε αναμονή: όσοι περιμένουν ή έχουν προσφορά στη λίστα του προγράμματος.",
        map=Map("Θέσεις που καλύφθηκαν", _filled),
    )
)


def _requests(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[PhaseBLog]:
    own = access.visible(actor, "places.read", Programme.objects.order_by())
    rows = PhaseBLog.objects.select_related("programme", "freed_programme")
    return rows.filter(programme__in=own.values("pk")).order_by("sequence")


def _outcomes(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in LogOutcome.choices]


declare(
    Report(
        name="enrolment.phase_b",
        title="Αιτήματα της Β΄ φάσης",
        permission=DESK,
        columns=(
            Column("sequence", "Αύξων αριθμός", kind="number", order="sequence"),
            Column("at", "Πότε", kind="moment", order="at"),
            Column("number", "Αριθμός κλήρωσης", order="number"),
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("outcome", "Απόφαση", lambda row: row.get_outcome_display(), order="outcome"),
            Column("freed", "Ελευθερώθηκε", "freed_programme.code"),
        ),
        rows=_requests,
        filters=(
            Filter("outcome", "Απόφαση", _outcomes, equal("outcome")),
            *programme_filters("programme__"),
        ),
        map=Map(
            "Αιτήματα",
            lambda rows: units_of(
                rows, "programme__centre__regional_unit__code", Count("pk", distinct=True)
            ),
        ),
    )
)
