"""The report of participation: who could apply, who applied, who holds a place."""

from __future__ import annotations

from datetime import datetime

from django.db.models import FloatField, QuerySet, Sum
from django.db.models.functions import Cast, NullIf

from didaskaleio.enrolment.models import ParticipationFigure
from didaskaleio.enrolment.reports.applications import periods
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Column, Filter, Map, Report, declare
from didaskaleio.programmes.reports import clusters, equal, prefectures, regions, units_of


def _figures(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[ParticipationFigure]:
    rows = access.visible(actor, "participation.read", ParticipationFigure.objects.all())
    applied, eligible, placed = (
        Cast(name, FloatField()) for name in ("applied", "eligible", "placed")
    )
    return (
        rows.select_related("period", "regional_unit__region", "cluster")
        .annotate(
            turnout=applied / NullIf(eligible, 0.0),
            success=placed / NullIf(applied, 0.0),
        )
        .order_by("-period_id", "regional_unit__code", "cluster__order", "pk")
    )


def _region(row: ParticipationFigure) -> str:
    return row.regional_unit.region.name if row.regional_unit else "Εξωτερικό ή χωρίς σχολείο"


declare(
    Report(
        name="enrolment.participation",
        title="Μπορούσαν, ζήτησαν, πήραν θέση",
        permission="draw.protocol",
        columns=(
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("region", "Περιφέρεια", _region, order="regional_unit__region__name"),
            Column("unit", "Π.Ε.", "regional_unit.genitive", order="regional_unit__genitive"),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            Column("teachers", "Εκπαιδευτικοί", kind="number", order="teachers", total=True),
            Column("eligible", "Μπορούσαν", kind="number", order="eligible", total=True),
            Column("applied", "Ζήτησαν", kind="number", order="applied", total=True),
            Column("placed", "Έχουν θέση", kind="number", order="placed", total=True),
            Column("turnout", "Συμμετοχή", kind="share", order="turnout"),
            Column("success", "Επιτυχία", kind="share", order="success"),
            Column("counted_at", "Μετρήθηκε", kind="moment", order="counted_at"),
        ),
        rows=_figures,
        filters=(
            Filter("period", "Περίοδος", periods, equal("period_id")),
            Filter("region", "Περιφέρεια", regions, equal("regional_unit__region__code")),
            Filter("prefecture", "Νομός", prefectures, equal("regional_unit__prefecture__code")),
            Filter("cluster", "Συστάδα", clusters, equal("cluster__code")),
        ),
        note="Μπορούσαν: πληρούν τους όρους. Συμμετοχή: ζήτησαν προς μπορούσαν. "
        "Επιτυχία: θέσεις προς αιτήσεις. Μετριέται κάθε έξι ώρες.",
        map=Map(
            "Όσοι υπέβαλαν αίτηση",
            lambda rows: units_of(
                rows.filter(applied__gt=0), "regional_unit__code", Sum("applied")
            ),
        ),
    )
)
