"""Reports (αναφορές) of room observatory: what planned actions need, beside what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.observatory.models import MarkerNeed, StaffNeed, WeekNeed
from didaskaleio.observatory.queries import dimensioning as queries
from didaskaleio.programmes.reports import clusters, equal, prefectures, regions

PICKED = 100
Need = TypeVar("Need", StaffNeed, MarkerNeed, WeekNeed)
COUNTRY = "country"


def _forecasts(actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), str(row)) for row in queries.forecasts(actor)[:PICKED]]


def _regions(actor: Actor, at: datetime) -> list[Choice]:
    return [(COUNTRY, "Όλη η χώρα"), *regions(actor, at)]


def _of_region(rows: QuerySet[WeekNeed], value: str) -> QuerySet[WeekNeed]:
    return rows.filter(region=None) if value == COUNTRY else rows.filter(region__code=value)


def _known(rows: QuerySet[Need], actor: Actor) -> QuerySet[Need]:
    """The lines of the forecasts that the actor may read."""
    return rows.filter(forecast__in=queries.forecasts(actor).order_by().values("pk"))


def _staff(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[StaffNeed]:
    rows = _known(StaffNeed.objects.all(), actor).select_related(
        "forecast__action", "prefecture__region", "cluster"
    )
    lacking = Greatest(F("trainers") - F("available"), Value(0))
    return rows.annotate(lacking=lacking).order_by(
        "-forecast_id", "prefecture__sort_key", "cluster__order", "pk"
    )


def _marking(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[MarkerNeed]:
    rows = _known(MarkerNeed.objects.all(), actor).select_related("forecast__action", "cluster")
    return rows.order_by("-forecast_id", "cluster__order", "pk")


def _weeks(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[WeekNeed]:
    rows = _known(WeekNeed.objects.all(), actor).select_related("forecast__action", "region")
    return rows.order_by("-forecast_id", "monday", F("region__sort_key").asc(nulls_first=True))


def _region(row: WeekNeed) -> str:
    return row.region.name if row.region else "Όλη η χώρα"


def _number(name: str, title: str, *, total: bool = False) -> Column:
    return Column(name, title, kind="number", order=name, total=total)


def _forecast_filter() -> Filter:
    narrow: Any = equal("forecast_id")
    return Filter("forecast", "Πρόβλεψη", _forecasts, narrow)


declare(
    Report(
        name="observatory.staff_needs",
        title="Επιμορφωτές/τριες που χρειάζονται",
        permission="forecast.desk",
        columns=(
            Column("forecast", "Πρόβλεψη", lambda row: str(row.forecast)),
            Column("region", "Περιφέρεια", "prefecture.region.name"),
            Column("prefecture", "Νομός", "prefecture.name", order="prefecture__sort_key"),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            _number("teachers", "Εκπαιδευτικοί", total=True),
            _number("people", "Θα επιμορφωθούν", total=True),
            _number("groups", "Τμήματα", total=True),
            _number("trainers", "Χρειάζονται", total=True),
            _number("available", "Υπηρετούν εκεί"),
            _number("engaged", "Διδάσκουν ήδη"),
            _number("lacking", "Λείπουν", total=True),
        ),
        rows=_staff,
        filters=(
            _forecast_filter(),
            Filter("region", "Περιφέρεια", regions, equal("prefecture__region__code")),
            Filter("prefecture", "Νομός", prefectures, equal("prefecture__code")),
            Filter("cluster", "Συστάδα", clusters, equal("cluster__code")),
        ),
        note="Λείπουν: χρειάζονται πέρα από όσους υπηρετούν στον νομό και είναι της συστάδας.",
    )
)
declare(
    Report(
        name="observatory.marker_needs",
        title="Βαθμολογητές/τριες που χρειάζονται",
        permission="forecast.desk",
        columns=(
            Column("forecast", "Πρόβλεψη", lambda row: str(row.forecast)),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            _number("people", "Θα επιμορφωθούν", total=True),
            _number("scripts", "Γραπτά", total=True),
            _number("markers", "Χρειάζονται", total=True),
        ),
        rows=_marking,
        filters=(
            _forecast_filter(),
            Filter("cluster", "Συστάδα", clusters, equal("cluster__code")),
        ),
        note="Κάθε γραπτό βαθμολογείται από πρόσωπα της συστάδας του, όπου κι αν γράφτηκε.",
    )
)
declare(
    Report(
        name="observatory.week_needs",
        title="Χώροι και άτομα ανά εβδομάδα",
        permission="forecast.desk",
        columns=(
            Column("forecast", "Πρόβλεψη", lambda row: str(row.forecast)),
            Column("monday", "Εβδομάδα από", kind="date", order="monday"),
            Column("region", "Περιφέρεια", _region),
            _number("meetings", "Συναντήσεις: πρόβλεψη"),
            _number("held_meetings", "Συναντήσεις: έγιναν"),
            _number("rooms", "Αίθουσες: πρόβλεψη"),
            _number("held_rooms", "Αίθουσες: χρησιμοποιήθηκαν"),
            _number("virtual", "Εικονικές αίθουσες: πρόβλεψη"),
            _number("held_virtual", "Εικονικές αίθουσες: χρησιμοποιήθηκαν"),
            _number("persons", "Ταυτόχρονα άτομα: πρόβλεψη"),
            _number("held_persons", "Ταυτόχρονα άτομα: ήταν εκεί"),
            _number("support", "Πρόσωπα υποστήριξης: πρόβλεψη"),
        ),
        rows=_weeks,
        filters=(
            _forecast_filter(),
            Filter("region", "Περιφέρεια", _regions, _of_region),
        ),
        note="Όλα εκτός από τις συναντήσεις είναι της πιο φορτωμένης ώρας της εβδομάδας. "
        "Της χώρας δεν είναι το άθροισμα: κάθε περιφέρεια έχει τη δική της ώρα.",
    )
)
