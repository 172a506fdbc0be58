"""Reports of what follows: on-site visits, tasks of coordination, progress of programmes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import GivenTaskState, Severity, VisitState, VisitWay
from didaskaleio.delivery.models import GivenTask, SiteVisit
from didaskaleio.delivery.reports.sessions import states_of
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Column, Filter, Map, Report, declare
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.reports import equal, programme_filters, units_of

V = "session__programme__"


def _visits(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    rows = access.visible(actor, "visit.read", SiteVisit.objects.all())
    return (
        rows.select_related("session__programme__centre__region", "inspector")
        .annotate(
            found=Count("findings"),
            serious=Count("findings", filter=Q(findings__severity=Severity.SERIOUS)),
            open=Count("findings", filter=Q(findings__settled_at=None) & ~Q(findings__asked="")),
        )
        .order_by("-session__starts_at", "-pk")
    )


declare(
    Report(
        name="delivery.visits",
        title="Επιτόπιοι έλεγχοι και ευρήματα",
        permission="visit.list",
        columns=(
            Column("programme", "Πρόγραμμα", "session.programme.code"),
            Column("centre", "Κ.Σ.Ε.", "session.programme.centre.name"),
            Column("region", "Περιφέρεια", "session.programme.centre.region.name"),
            Column("starts_at", "Συνάντηση", "session.starts_at", "moment", "session__starts_at"),
            Column("way", "Λόγος", lambda row: row.get_way_display(), order="way"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("inspector", "Έλεγχος από", lambda row: str(row.inspector or "")),
            Column("counted", "Μετρήθηκαν", kind="number", order="counted"),
            Column("recorded", "Στο παρουσιολόγιο", kind="number", order="recorded"),
            Column("found", "Ευρήματα", kind="number", order="found", total=True),
            Column("serious", "Σοβαρά", kind="number", order="serious", total=True),
            Column("open", "Χωρίς διευθέτηση", kind="number", order="open", total=True),
            Column("reported_at", "Έκθεση", kind="moment", order="reported_at"),
            Column("answered_at", "Απάντηση κέντρου", kind="moment", order="answered_at"),
        ),
        rows=_visits,
        filters=(
            Filter("state", "Κατάσταση", states_of(VisitState.choices), equal("state")),
            Filter("way", "Λόγος", states_of(VisitWay.choices), equal("way")),
            *programme_filters(V),
        ),
        note="Το κέντρο, η περιφέρεια και το Υπουργείο βλέπουν τον έλεγχο αφού υπογραφεί η έκθεση.",
    )
)


def _tasks(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[GivenTask]:
    rows = access.visible(actor, "given_task.read", GivenTask.objects.all())
    told = ("programme__centre", "region", "directorate", "centre", "given_by", "answered_by")
    return rows.select_related(*told).order_by("due_at", "pk")


declare(
    Report(
        name="delivery.tasks",
        title="Εργασίες συντονισμού",
        permission="given_task.list",
        columns=(
            Column("title", "Εργασία", order="title"),
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("receiver", "Σε ποιον", lambda row: str(row.receiver)),
            Column("given_at", "Ανατέθηκε", kind="moment", order="given_at"),
            Column("due_at", "Προθεσμία", kind="moment", order="due_at"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("answered_at", "Απάντηση", kind="moment", order="answered_at"),
            Column("answer", "Τι απάντησε"),
        ),
        rows=_tasks,
        filters=(
            Filter("state", "Κατάσταση", states_of(GivenTaskState.choices), equal("state")),
            *programme_filters("programme__"),
        ),
    )
)


def _progress(actor: Actor, at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    allowed = access.visible(actor, "programme.follow", Programme.objects.order_by())
    rows = queries.progress.with_figures(allowed, at)
    told = rows.select_related("centre__region", "centre__prefecture", "cluster", "period")
    return told.order_by("-exceptions", "code", "pk")


def _troubled(rows: QuerySet[Any]) -> Mapping[str, int]:
    programmes = Programme.objects.filter(pk__in=rows.values("pk"))
    return units_of(programmes, "centre__regional_unit__code", Count("pk"))


def _figure(name: str, title: str) -> Column:
    return Column(name, title, kind="number", order=name, total=True)


declare(
    Report(
        name="delivery.progress",
        title="Πρόοδος προγραμμάτων",
        permission="delivery.progress",
        columns=(
            Column("programme", "Πρόγραμμα", "code", order="code"),
            Column("region", "Περιφέρεια", "centre.region.name", order="centre__region__name"),
            Column("prefecture", "Νομός", "centre.prefecture.name"),
            Column("centre", "Κ.Σ.Ε.", "centre.name", order="centre__name"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            *(_figure(name, title) for name, title in queries.progress.FIGURES.items()),
        ),
        rows=_progress,
        filters=programme_filters(),
        note="Πρώτα όσα έχουν εξαιρέσεις. Οι ίδιοι αριθμοί με τη σελίδα της προόδου.",
        map=Map("Προγράμματα", _troubled),
    )
)
