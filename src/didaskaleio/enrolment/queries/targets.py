"""Targets beside what there is (στόχοι και ζήτηση): seats, eligible, demand, places; set-based.

People are counted ahead (``ParticipationFigure``): a page reads some hundred rows, whatever the
number of teachers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    F,
    FloatField,
    IntegerField,
    Max,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from didaskaleio.enrolment.enums import HOLDING_STATES
from didaskaleio.enrolment.models import (
    ListedDemand,
    ParticipationApplication,
    ParticipationFigure,
)
from didaskaleio.programmes.models import (
    ActionTarget,
    Programme,
    ProgrammeCategory,
    TrainingPeriod,
)
from didaskaleio.programmes.queries import APPROVED_STATES
from didaskaleio.structures.models import Cluster, Prefecture, Region

Rows = QuerySet[Any]


@dataclass(frozen=True)
class By:
    """A way to tell people and seats apart (διάσταση): what it is called, where it stands."""

    title: str
    model: type[Model]
    order: str
    name: str
    target: str
    programme: str
    figure: str = ""


BY = {
    "region": By(
        "Περιφέρεια",
        Region,
        "sort_key",
        "name",
        "region",
        "centre__region",
        "regional_unit__region",
    ),
    "cluster": By("Συστάδα", Cluster, "order", "title", "cluster", "cluster", "cluster"),
    "category": By("Κατηγορία", ProgrammeCategory, "order", "label", "category", "category"),
    "prefecture": By(
        "Νομός",
        Prefecture,
        "sort_key",
        "name",
        "",
        "centre__prefecture",
        "regional_unit__prefecture",
    ),
}
# measure of the map: its words, and the field of the counted figures (none: seats)
MEASURES = {
    "eligible": "Μπορούσαν",
    "applied": "Ζήτησαν",
    "placed": "Έχουν θέση",
    "seats": "Θέσεις",
}


def compared(period: TrainingPeriod, by: str, cluster: str = "") -> Rows:
    """Every region, cluster, category or prefecture with its target and figures: one query."""
    way = BY[by]
    found: dict[str, Any] = {
        "titled": F(way.name),
        "target": _target(period, way, cluster),
        "seats": _sum(_seats(period, cluster), way.programme, "capacity"),
    }
    if way.figure:
        names = ("eligible", "applied", "placed", "first_choice", "second_choice")
        found |= {name: _sum(_figures(period, cluster), way.figure, name) for name in names}
    else:
        found |= _by_category(period, cluster)
    rows: Rows = way.model._default_manager.annotate(**found)  # noqa: SLF001 - any model
    return _with_shares(_only(rows, way, period, cluster)).order_by(way.order, "pk")


def _only(rows: Rows, way: By, period: TrainingPeriod, cluster: str) -> Rows:
    if way.model is ProgrammeCategory:
        return rows.filter(action=period.action_id)
    if way.model is Cluster:
        rows = rows.filter(scheme=period.action.scheme_id)
        return rows.filter(code=cluster) if cluster else rows
    return rows


def _with_shares(rows: Rows) -> Rows:
    """Seats for each who could apply, first and second choices of those placed, without a place."""

    def part(one: str, whole: str) -> Any:
        return Cast(F(one), FloatField()) / NullIf(Cast(F(whole), FloatField()), 0.0)

    found: Rows = rows.annotate(
        unplaced=F("applied") - F("placed"),
        seats_each=part("seats", "eligible"),
        first_share=part("first_choice", "placed"),
        second_share=part("second_choice", "placed"),
    )
    return found


def _sum(rows: Rows, path: str, field: str) -> Coalesce:
    """What ``field`` adds up to of the rows that stand at the outer row by ``path``."""
    own = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    total = own.annotate(summed=Sum(field)).values("summed")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _target(period: TrainingPeriod, way: By, cluster: str) -> Any:
    if not way.target:
        return Value(0, output_field=IntegerField())
    rows = ActionTarget.objects.filter(action=period.action_id)
    return _sum(rows.filter(cluster__code=cluster) if cluster else rows, way.target, "people")


def _seats(period: TrainingPeriod, cluster: str) -> Rows:
    rows = Programme.objects.filter(period=period, state__in=APPROVED_STATES)
    return rows.filter(cluster__code=cluster) if cluster else rows


def _figures(period: TrainingPeriod, cluster: str) -> Rows:
    rows = ParticipationFigure.objects.filter(period=period)
    return rows.filter(cluster__code=cluster) if cluster else rows


def _by_category(period: TrainingPeriod, cluster: str) -> dict[str, Any]:
    """Of a category: the demand is who listed one of its programmes first."""
    codes = Programme.objects.filter(period=period, category=OuterRef(OuterRef("pk")))
    if cluster:
        codes = codes.filter(cluster__code=cluster)
    parts = ListedDemand.objects.filter(period=period, code__in=codes.values("code"))
    wished = parts.order_by().values("period").annotate(n=Sum("first")).values("n")
    held = ParticipationApplication.objects.filter(
        period=period, state__in=HOLDING_STATES, programme__in=codes.values("pk")
    )
    counted = held.order_by().values("period").annotate(n=Sum(Value(1))).values("n")
    nothing = Value(0, output_field=IntegerField())
    return {
        "eligible": nothing,
        "applied": Coalesce(Subquery(wished, output_field=IntegerField()), 0),
        "placed": Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        "first_choice": nothing,
        "second_choice": nothing,
    }


def on_map(period: TrainingPeriod, measure: str, cluster: str = "") -> Mapping[str, int]:
    """Regional unit → figure of the measure, for the map; units without anything are left out."""
    if measure == "seats":
        rows, path, field = _seats(period, cluster), "centre__regional_unit__code", "capacity"
    else:
        rows, path, field = _figures(period, cluster), "regional_unit__code", measure
    summed = rows.exclude(**{path: None}).order_by().values_list(path).annotate(n=Sum(field))
    return {code: many for code, many in summed if many}


def counted_at(period: TrainingPeriod) -> Any:
    """When the people of the period were counted last; None before the first count."""
    return ParticipationFigure.objects.filter(period=period).aggregate(at=Max("counted_at"))["at"]
