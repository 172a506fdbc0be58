"""Reports of programmes by state and place, and the filters that all such reports share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Extract
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Map, Report, declare
from didaskaleio.people.models import SchoolService, TrainerProfile
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, ProgrammeCategory, TrainingPeriod
from didaskaleio.structures.models import (
    Cluster,
    FundedIndicator,
    FundedProject,
    Prefecture,
    Region,
)
from didaskaleio.structures.reports import Achieved
from didaskaleio.structures.reports import declare as declare_achieved

Rows = QuerySet[Any]
MOST_CHOICES = 60
COMPLETED = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)
ENDED = "ended"


def _periods(actor: Actor, _at: datetime) -> list[Choice]:
    own = access.visible(actor, "programme.sheet", Programme.objects.order_by())
    rows = TrainingPeriod.objects.filter(pk__in=own.values("period")).order_by("-phase_a_opens")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:MOST_CHOICES]]


def regions(_actor: Actor, _at: datetime) -> list[Choice]:
    """The 13 regions by name."""
    return list(Region.objects.order_by("name").values_list("code", "name"))


def prefectures(_actor: Actor, _at: datetime) -> list[Choice]:
    """The 51 prefectures by name."""
    return list(Prefecture.objects.order_by("name").values_list("code", "name"))


def clusters(_actor: Actor, _at: datetime) -> list[Choice]:
    """The clusters that programmes have, each code once."""
    rows = Cluster.objects.order_by("scheme__level", "order").values_list("code", "title")
    return list({code: f"{code} {title}" for code, title in rows}.items())


def _categories(_actor: Actor, _at: datetime) -> list[Choice]:
    rows = ProgrammeCategory.objects.order_by("code").values_list("code", "label")
    return list(dict(rows).items())


def equal(path: str) -> Callable[[Rows, str], Rows]:
    """Rows whose ``path`` is the value chosen."""
    return lambda rows, value: rows.filter(**{path: value})


def programme_filters(programme: str = "") -> tuple[Filter, ...]:
    """Period, region, prefecture, cluster and category of the programme at path ``programme``."""
    return (
        Filter("period", "Περίοδος", _periods, equal(f"{programme}period_id")),
        Filter("region", "Περιφέρεια", regions, equal(f"{programme}centre__region__code")),
        Filter("prefecture", "Νομός", prefectures, equal(f"{programme}centre__prefecture__code")),
        Filter("cluster", "Συστάδα", clusters, equal(f"{programme}cluster__code")),
        Filter("category", "Κατηγορία", _categories, equal(f"{programme}category__code")),
    )


def _projects(actor: Actor, _at: datetime) -> list[Choice]:
    own = access.visible(actor, "project.view", FundedProject.objects.all())
    rows = FundedIndicator.objects.filter(project__in=own).order_by("project__code", "code")
    pairs = rows.values_list("project__code", "code")[:MOST_CHOICES]
    return [(f"{project} {level}", f"{project}, {level}") for project, level in pairs]


def project_filter(programme: str = "") -> Filter:
    """Funded project and level (the code of its indicator) of the programme at ``programme``."""
    action = f"{programme}period__action__"

    def narrow(rows: Rows, value: str) -> Rows:
        code, _, level = value.partition(" ")
        found = {f"{action}project__code": code}
        return rows.filter(**found, **{f"{action}course_version__course__level": level})

    return Filter("project", "Πράξη", _projects, narrow)


def project_report(report: str, project: FundedProject, level: str, **values: str) -> str:
    """The address of a report narrowed to what a project counts for the indicator ``level``."""
    asked = urlencode({**values, "project": f"{project.code} {level}"})
    return f"{reverse('kernel:report', args=[report])}?{asked}"


def units_of(rows: Rows, path: str, figure: Any) -> Mapping[str, int]:
    """Regional unit → figure, for the map; units without anything are left out."""
    counted = rows.exclude(**{path: None}).values(path).annotate(figure=figure).order_by()
    return dict(counted.values_list(path, "figure"))


def _waiting(actor: Actor, at: datetime, _values: dict[str, str]) -> Rows:
    rows = access.visible(actor, "programme.supervise", Programme.objects.all())
    days = Extract(Value(at) - F("state_since"), "day")
    return (
        rows.select_related("period", "centre__region", "cluster", "category", "trainer")
        .annotate(days=days)
        .order_by("state", "-days", "code", "pk")
    )


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [
        (str(value), str(label))
        for value, label in ProgrammeState.choices
        if value != ProgrammeState.DRAFT
    ] + [(ENDED, "Ολοκληρώθηκε ή τεκμηριώθηκε")]


def _in_state(rows: Rows, value: str) -> Rows:
    return rows.filter(state__in=COMPLETED if value == ENDED else (value,))


def completed_of(project: FundedProject) -> Mapping[str, int]:
    """Programmes of the project that were completed, by level of their course."""
    rows = Programme.objects.filter(period__action__project=project, state__in=COMPLETED)
    level = "period__action__course_version__course__level"
    return dict(rows.order_by().values_list(level).annotate(Count("pk")))


declare(
    Report(
        name="programmes.waiting",
        title="Προγράμματα ανά κατάσταση και ημέρες αναμονής",
        permission="programme.desk",
        columns=(
            Column("programme", "Πρόγραμμα", "code", order="code"),
            Column("period", "Περίοδος", "period.code", order="period__code"),
            Column("centre", "Κ.Σ.Ε.", "centre.name", order="centre__name"),
            Column("region", "Περιφέρεια", "centre.region.name", order="centre__region__name"),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            Column("category", "Κατηγορία", "category.label", order="category__order"),
            Column("trainer", "Επιμορφωτής/τρια", lambda row: str(row.trainer or "")),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("since", "Από", "state_since", "moment", "state_since"),
            Column("days", "Ημέρες", kind="number", order="days"),
            Column("capacity", "Θέσεις", kind="number", order="capacity", total=True),
        ),
        rows=_waiting,
        filters=(
            Filter("state", "Κατάσταση", _states, _in_state),
            *programme_filters(),
            project_filter(),
        ),
        map=Map(
            "Προγράμματα",
            lambda rows: units_of(rows, "centre__regional_unit__code", Count("pk", distinct=True)),
        ),
    )
)


def _trainers_there(day: date) -> Subquery:
    """How many trainers of the cluster serve in the prefecture of a row on ``day``."""
    serves = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        valid_from__lte=day,
        teacher__person=OuterRef("person"),
        school__prefecture=OuterRef(OuterRef("centre__prefecture")),
    )
    found = TrainerProfile.objects.filter(
        Exists(serves),
        Q(valid_until=None) | Q(valid_until__gte=day),
        valid_from__lte=day,
        clusters=OuterRef("cluster"),
        person__is_active=True,
    )
    return Subquery(found.order_by().values("clusters").annotate(n=Count("pk")).values("n"))


def _cluster_words(row: Mapping[str, Any]) -> str:
    return f"{row['cluster__code']} {row['cluster__title']}"


def _staffing(actor: Actor, at: datetime, _values: dict[str, str]) -> Rows:
    """Programmes proposed or standing by prefecture and cluster, beside the trainers there."""
    rows = access.visible(actor, "programme.supervise", Programme.objects.all())
    place = ("centre__prefecture", "centre__prefecture__name", "cluster", "cluster__code")
    counted: Rows = (
        rows.exclude(state__in=(ProgrammeState.DRAFT, ProgrammeState.REJECTED))
        .order_by()
        .values(*place, "cluster__title")
        .annotate(
            programmes=Count("pk"),
            engaged=Count("trainer", distinct=True),
            trainers=Coalesce(_trainers_there(localdate(at)), 0),
        )
    )
    return counted.order_by("centre__prefecture__name", "cluster__code")


def _need(name: str, title: str, *, total: bool = False) -> Column:
    return Column(name, title, kind="number", order=name, total=total)


declare(
    Report(
        name="programmes.staffing",
        title="Επιμορφωτές και προγράμματα ανά νομό και συστάδα",
        permission="programme.desk",
        columns=(
            Column(
                "prefecture", "Νομός", "centre__prefecture__name", order="centre__prefecture__name"
            ),
            Column("cluster", "Συστάδα", _cluster_words, order="cluster__code"),
            _need("programmes", "Προγράμματα", total=True),
            _need("engaged", "Επιμορφωτές που διδάσκουν"),
            _need("trainers", "Επιμορφωτές του νομού"),
        ),
        rows=_staffing,
        filters=programme_filters()[:4],
        key="cluster",
        note="Επιμορφωτές του νομού: όσα πρόσωπα υπηρετούν εκεί και διδάσκουν τη συστάδα.",
    )
)
declare_achieved(
    Achieved(
        "programmes.completed",
        "Προγράμματα που ολοκληρώθηκαν",
        completed_of,
        lambda project, level: project_report("programmes.waiting", project, level, state=ENDED),
        "programme.desk",
    )
)
