"""Reports of targets and allocation: by region what was wanted, by prefecture who got what."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from didaskaleio.enrolment.models import ListedDemand
from didaskaleio.enrolment.queries.targets import compared
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Map, Report, declare
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.queries import APPROVED_STATES
from didaskaleio.programmes.reports import clusters, programme_filters, units_of
from didaskaleio.structures.models import Region

Rows = QuerySet[Any]
SHORT = re.compile("[0-9]{1,9}")


def _visible(actor: Actor) -> QuerySet[TrainingPeriod]:
    rows = access.visible(actor, "period.read", TrainingPeriod.objects.select_related("action"))
    return rows.order_by("-phase_a_opens", "-pk")


def _periods(actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(pk), title) for pk, title in _visible(actor).values_list("pk", "title")[:50]]


def _chosen(actor: Actor, values: dict[str, str]) -> TrainingPeriod | None:
    """The period of the filter, else the newest that the person may see."""
    asked = values.get("period", "")
    found = _visible(actor)
    return found.filter(pk=int(asked)).first() if SHORT.fullmatch(asked) else found.first()


def _rows(by: str, actor: Actor, values: dict[str, str]) -> Rows:
    period = _chosen(actor, values)
    if period is None:
        return Region.objects.none()
    known = {code for code, _ in clusters(actor, period.phase_a_opens)}
    cluster = values.get("cluster", "")
    return compared(period, by, cluster if cluster in known else "")


def _as_it_is(rows: Rows, _value: str) -> Rows:
    """The rows were counted for what the filter says."""
    return rows


def _figure(name: str, title: str) -> Column:
    return Column(name, title, kind="number", order=name, total=True)


def _share(name: str, title: str) -> Column:
    return Column(name, title, kind="share", order=name)


FILTERS = (
    Filter("period", "Περίοδος", _periods, _as_it_is),
    Filter("cluster", "Συστάδα", clusters, _as_it_is),
)
SEATS, ELIGIBLE = _figure("seats", "Θέσεις"), _figure("eligible", "Μπορούσαν")
APPLIED, PLACED = _figure("applied", "Ζήτησαν"), _figure("placed", "Έχουν θέση")
NEWEST = "Χωρίς φίλτρο φαίνεται η νεότερη περίοδος. Τα άτομα μετριούνται κάθε έξι ώρες."
declare(
    Report(
        name="enrolment.targets",
        title="Στόχοι και ζήτηση ανά περιφέρεια",
        permission="draw.protocol",
        columns=(
            Column("titled", "Περιφέρεια", order="titled"),
            _figure("target", "Στόχος"),
            SEATS,
            ELIGIBLE,
            APPLIED,
            PLACED,
        ),
        rows=lambda actor, _at, values: _rows("region", actor, values),
        filters=FILTERS,
        note=f"Στόχος της δράσης· θέσεις εγκεκριμένων προγραμμάτων. {NEWEST}",
    )
)
declare(
    Report(
        name="enrolment.allocation",
        title="Κατανομή θέσεων ανά νομό",
        permission="draw.protocol",
        columns=(
            Column("titled", "Νομός", order="titled"),
            SEATS,
            ELIGIBLE,
            _share("seats_each", "Θέσεις προς όσους μπορούσαν"),
            APPLIED,
            PLACED,
            _share("first_share", "Στην 1η προτίμηση"),
            _share("second_share", "Στη 2η προτίμηση"),
            _figure("unplaced", "Χωρίς θέση"),
        ),
        rows=lambda actor, _at, values: _rows("prefecture", actor, values),
        filters=FILTERS,
        note="Θέσεις: του νομού του κέντρου. Άτομα: του νομού του σχολείου με τις περισσότερες "
        f"ώρες· τα μερίδια αφορούν όσους έχουν θέση. {NEWEST}",
    )
)


def _demand(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    """Programmes with their demand, exactly, for whoever may see their people."""
    rows = access.visible(actor, "places.read", Programme.objects.all())
    own = ListedDemand.objects.filter(period=OuterRef("period"), code=OuterRef("code"))

    def summed(field: str) -> Any:
        total = own.order_by().values("code").annotate(n=Sum(field)).values("n")
        return Coalesce(Subquery(total, output_field=IntegerField()), 0)

    found: Rows = rows.filter(state__in=APPROVED_STATES).annotate(
        listed=summed("listed"), wished=summed("first")
    )
    told: Rows = found.annotate(missing=Greatest(F("minimum") - F("listed"), 0))
    related = told.select_related("period", "centre", "cluster", "category")
    return related.order_by("-period__phase_a_opens", "code", "pk")


declare(
    Report(
        name="enrolment.demand",
        title="Ζήτηση προγραμμάτων",
        permission="places.desk",
        columns=(
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("programme", "Πρόγραμμα", "code", order="code"),
            Column("centre", "Κ.Σ.Ε.", "centre.name", order="centre__name"),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            Column("category", "Κατηγορία", "category.label", order="category__order"),
            Column("minimum", "Ελάχιστο", kind="number", order="minimum"),
            Column("capacity", "Θέσεις", kind="number", order="capacity", total=True),
            Column("listed", "Αιτήσεις που το ζητούν", kind="number", order="listed"),
            Column("wished", "Το έχουν πρώτο", kind="number", order="wished", total=True),
            Column("missing", "Λείπουν για το ελάχιστο", kind="number", order="missing"),
        ),
        rows=_demand,
        filters=programme_filters(),
        note="Μετρά τις υποβληθείσες αιτήσεις αυτή τη στιγμή. Μία αίτηση ζητά πολλά προγράμματα.",
        map=Map(
            "Πρώτες προτιμήσεις",
            lambda rows: units_of(rows, "centre__regional_unit__code", Sum("wished")),
        ),
    )
)
