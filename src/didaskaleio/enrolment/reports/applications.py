"""Reports of people: applications, who has a place, runners-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Map, Report, declare
from didaskaleio.people.models import SchoolService
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.reports import (
    clusters,
    equal,
    prefectures,
    programme_filters,
    regions,
    units_of,
)

DESK = "places.desk"
Applications = QuerySet[ParticipationApplication]
# what the report of applications shows: drafts and lists of preferences stay in the database
SHOWN = (
    "number",
    "rank",
    "state",
    "period__code",
    "person__surname",
    "person__given_name",
    "cluster__title",
    "submission__at",
    "submission__version",
    "programme__code",
    "programme__centre__name",
)


def periods(actor: Actor, _at: datetime) -> list[Choice]:
    """The periods in which the actor may see places."""
    own = access.visible(actor, "places.read", Programme.objects.order_by())
    rows = TrainingPeriod.objects.filter(pk__in=own.values("period")).order_by("-phase_a_opens")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:50]]


def _programmes(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "places.read", Programme.objects.order_by("-period_id", "code"))
    held = rows.filter(places__isnull=False).distinct()
    return [(str(pk), code) for pk, code in held.values_list("pk", "code")[:500]]


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(v), str(label)) for v, label in ApplicationState.choices if v != "draft"]


def _named(rows: Applications, text: str) -> Applications:
    by_name = Q()
    for word in text.split():
        by_name &= Q(person__sort_key__contains=GreekKeyOf(Value(word)))
    return rows.filter(by_name | Q(number=text.replace(" ", "")))


def _entitled(actor: Actor) -> Applications:
    rows = ParticipationApplication.objects.select_related("person", "period", "programme__centre")
    return access.visible(actor, "application.read", rows)


def _main_school() -> Subquery:
    """Where the applicant teaches most: unit, prefecture, region; nothing for one abroad."""
    rows = SchoolService.objects.filter(teacher__person_id=OuterRef("person_id"))
    places = JSONObject(
        unit="school__regional_unit__code",
        prefecture="school__prefecture__code",
        name="school__prefecture__name",
        region="school__region__code",
    )
    return Subquery(rows.order_by("-hours", "pk").values(place=places)[:1])


def _applications(actor: Actor, _at: datetime, _values: dict[str, str]) -> Applications:
    rows = _entitled(actor).exclude(state=ApplicationState.DRAFT).exclude(number="")
    return (
        rows.select_related("submission", "cluster")
        .only(*SHOWN)
        .annotate(
            school=_main_school(),
            unit=KT("school__unit"),
            preferences=Func(
                "submission__preferences", function="cardinality", output_field=IntegerField()
            ),
        )
        .order_by("-period_id", "-number", "-pk")
    )


def _people(actor: Actor, _at: datetime, _values: dict[str, str]) -> Applications:
    rows = _entitled(actor).filter(state__in=HOLDING_STATES)
    return rows.order_by("programme__code", "person__sort_key", "pk")


def _runners_up(actor: Actor, _at: datetime, _values: dict[str, str]) -> Applications:
    rows = _entitled(actor).filter(state=ApplicationState.RUNNER_UP)
    return rows.select_related("cluster").order_by("period", "rank", "pk")


def _prefecture(row: Any) -> str:
    return (row.school or {}).get("name") or "εξωτερικό"


PERIOD = Filter("period", "Περίοδος", periods, equal("period_id"))
CLUSTER = Filter("cluster", "Συστάδα", clusters, equal("cluster__code"))
STATE = Filter("state", "Κατάσταση", _states, equal("state"))
NUMBER = Column("number", "Αριθμός κλήρωσης", order="number")
NAME = Column("name", "Ονοματεπώνυμο", "person.full_name", order="person__sort_key")
STANDS = Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state")
HELD = Column("programme", "Πρόγραμμα", "programme.code", order="programme__code")

declare(
    Report(
        name="enrolment.applications",
        title="Αιτήσεις συμμετοχής",
        permission=DESK,
        columns=(
            Column("period", "Περίοδος", "period.code", order="period__code"),
            NUMBER,
            NAME,
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            Column("prefecture", "Νομός σχολείου", _prefecture, order="school__name"),
            Column("at", "Υποβολή", "submission.at", "moment", "submission__at"),
            Column("version", "Έκδοση", "submission.version", "number"),
            Column("preferences", "Προτιμήσεις", kind="number", order="preferences"),
            Column("rank", "Σειρά κλήρωσης", kind="number", order="rank"),
            STANDS,
            HELD,
        ),
        rows=_applications,
        filters=(
            PERIOD,
            STATE,
            Filter("region", "Περιφέρεια σχολείου", regions, equal("school__region")),
            Filter("prefecture", "Νομός σχολείου", prefectures, equal("school__prefecture")),
            CLUSTER,
            Filter(
                "category",
                "Κατηγορία θέσης",
                programme_filters()[-1].choices,
                equal("programme__category__code"),
            ),
        ),
        search=_named,
        note="Υποβληθείσες αιτήσεις· ο νομός είναι του σχολείου με τις περισσότερες ώρες.",
        map=Map("Αιτήσεις", lambda rows: units_of(rows, "unit", Count("pk", distinct=True))),
    )
)
declare(
    Report(
        name="enrolment.people",
        title="Όσοι έχουν θέση, ανά πρόγραμμα",
        permission=DESK,
        columns=(
            HELD,
            Column("centre", "Κ.Σ.Ε.", "programme.centre.name", order="programme__centre__name"),
            NUMBER,
            NAME,
            STANDS,
            Column("confirm_by", "Επιβεβαίωση έως", kind="moment", order="confirm_by"),
        ),
        rows=_people,
        filters=(
            Filter("programme", "Πρόγραμμα", _programmes, equal("programme_id")),
            *programme_filters("programme__"),
        ),
        search=_named,
        map=Map(
            "Θέσεις",
            lambda rows: units_of(
                rows, "programme__centre__regional_unit__code", Count("pk", distinct=True)
            ),
        ),
    )
)
declare(
    Report(
        name="enrolment.runners_up",
        title="Επιλαχόντες, με τη σειρά της κλήρωσης",
        permission=DESK,
        columns=(
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("rank", "Σειρά στην κλήρωση", kind="number", order="rank"),
            NUMBER,
            NAME,
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            STANDS,
        ),
        rows=_runners_up,
        filters=(PERIOD, CLUSTER),
        search=_named,
    )
)
