"""Reports of sessions and of what was decided about them: excuses, disputes, applications."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import (
    ClassApplicationState,
    DisputeState,
    ExcuseState,
    SessionState,
)
from didaskaleio.delivery.models import (
    AttendanceSheet,
    ClassApplication,
    Dispute,
    Excuse,
    TrainingSession,
)
from didaskaleio.delivery.reports.attendance import programme_choices
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.reports import equal, programme_filters

OF_ROW = "attendance__session__programme__"
OF_WORK = "application__programme__"


def states_of(choices: Iterable[tuple[Any, Any]]) -> Callable[[Actor, datetime], list[Choice]]:
    """The choices of a filter by state."""
    return lambda _actor, _at: [(str(value), str(label)) for value, label in choices]


def _state() -> Column:
    return Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state")


def _sessions(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    latest = AttendanceSheet.objects.filter(session=OuterRef("pk")).order_by("-version")
    rows = access.visible(actor, "session.read", TrainingSession.objects.all())
    found: QuerySet[Any] = (
        queries.with_tally(queries.with_programme(rows))
        .select_related("trainer")
        .annotate(
            signed_at=Subquery(latest.values("signed_at")[:1]),
            second_at=Subquery(latest.values("countersigned_at")[:1]),
            version=Subquery(latest.values("version")[:1]),
            teaching=Cast("hours", IntegerField()),
            away=F("marked") - F("there"),
        )
        .order_by("programme__code", "starts_at", "pk")
    )
    return found


declare(
    Report(
        name="delivery.sessions",
        title="Συναντήσεις και παρουσιολόγια",
        permission="delivery.report",
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("centre", "Κ.Σ.Ε.", "programme.centre.name", order="programme__centre__name"),
            Column("trainer", "Επιμορφωτής/τρια", lambda row: str(row.trainer or "")),
            Column("sequence", "Συνάντηση", kind="number"),
            Column("starts_at", "Έναρξη", kind="moment", order="starts_at"),
            Column("kind", "Είδος", lambda row: row.get_kind_display()),
            _state(),
            Column("there", "Παρόντες", kind="number", order="there", total=True),
            Column("away", "Απόντες", kind="number", order="away", total=True),
            Column("hours", "Ώρες", "teaching", "hours", "teaching", total=True),
            Column("version", "Έκδοση", kind="number"),
            Column("signed_at", "Υπογραφή", kind="moment", order="signed_at"),
            Column("second_at", "Δεύτερη υπογραφή", kind="moment", order="second_at"),
        ),
        rows=_sessions,
        filters=(
            Filter("programme", "Πρόγραμμα", programme_choices, equal("programme_id")),
            *programme_filters("programme__"),
            Filter("state", "Κατάσταση", states_of(SessionState.choices), equal("state")),
        ),
        note="Παρόντες και απόντες: όσοι έχουν ήδη σημείωση.",
    )
)


def _excuses(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Excuse]:
    return _decided(access.visible(actor, "excuse.read", Excuse.objects.all()))


def _disputes(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Dispute]:
    return _decided(access.visible(actor, "dispute.read", Dispute.objects.all()))


def _decided(rows: QuerySet[Any]) -> QuerySet[Any]:
    told = ("attendance__person", "attendance__session__programme__centre", "decided_by")
    return rows.select_related(*told).order_by("-at", "-pk")


def _about_marks(name: str, title: str, rows: Any, choices: Iterable[Any]) -> Report:
    """A report of what trainees asked about their marks and what was decided."""
    return Report(
        name=name,
        title=title,
        permission="delivery.exceptions",
        columns=(
            Column("person", "Πρόσωπο", "attendance.person", order="attendance__person__sort_key"),
            Column("programme", "Πρόγραμμα", "attendance.session.programme.code"),
            Column("centre", "Κ.Σ.Ε.", "attendance.session.programme.centre.name"),
            Column("session", "Συνάντηση", "attendance.session.sequence", "number"),
            Column("at", "Υποβολή", kind="moment", order="at"),
            _state(),
            Column("decided_at", "Απόφαση", kind="moment", order="decided_at"),
            Column("decided_by", "Αποφάσισε", lambda row: str(row.decided_by or "")),
            Column("decision", "Αιτιολογία"),
        ),
        rows=rows,
        filters=(
            Filter("state", "Κατάσταση", states_of(choices), equal("state")),
            *programme_filters(OF_ROW),
        ),
    )


declare(
    _about_marks("delivery.excuses", "Δικαιολογήσεις απουσιών", _excuses, list(ExcuseState.choices))
)
declare(
    _about_marks(
        "delivery.disputes", "Αντιρρήσεις για παρουσίες", _disputes, list(DisputeState.choices)
    )
)


def _in_class(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    rows = access.visible(actor, "class_application.read", ClassApplication.objects.all())
    return (
        rows.select_related("application__person", "application__programme__centre")
        .annotate(papers=Count("evidence"))
        .order_by("application__programme__code", "application__person__sort_key", "pk")
    )


declare(
    Report(
        name="delivery.class_applications",
        title="Εφαρμογή στην τάξη",
        permission="delivery.report",
        columns=(
            Column(
                "person", "Πρόσωπο", "application.person", order="application__person__sort_key"
            ),
            Column("programme", "Πρόγραμμα", "application.programme.code"),
            Column("centre", "Κ.Σ.Ε.", "application.programme.centre.name"),
            Column("title", "Σχέδιο διδασκαλίας", order="title"),
            Column("grade", "Τάξη"),
            _state(),
            Column("planned_on", "Προγραμματίστηκε", kind="date", order="planned_on"),
            Column("applied_on", "Έγινε", kind="date", order="applied_on"),
            Column("papers", "Τεκμήρια", kind="number", order="papers", total=True),
        ),
        rows=_in_class,
        filters=(
            Filter("state", "Κατάσταση", states_of(ClassApplicationState.choices), equal("state")),
            *programme_filters(OF_WORK),
        ),
    )
)
