"""Exceptions first (εκκρεμότητες): what somebody at the centre or the body must look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from didaskaleio.delivery.enums import DisputeState, ExcuseState, SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import AttendanceSheet, Dispute, Excuse, TrainingSession
from didaskaleio.delivery.queries.absences import Absence, near_or_over
from didaskaleio.delivery.queries.sessions import to_sign, with_programme, without_async
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme

SHOWN = 25
UNSIGNED_HOURS = 24


@dataclass(frozen=True)
class Group:
    """One kind of exception: its first rows and how many there are."""

    name: str
    title: str
    kind: str
    rows: Sequence[Any]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def groups(actor: Actor, at: datetime) -> list[Group]:
    """Every group that has something in it, the most serious first."""
    programmes = access.visible(actor, "programme.roll", Programme.objects.all())
    absences = list(near_or_over(programmes, at))
    over = [row for row in absences if row.standing.over]
    near = [row for row in absences if not row.standing.over]
    found = [
        _listed("over", "Πάνω από το όριο απουσιών", "bad", over),
        _group("unsigned", "Ανυπόγραφα παρουσιολόγια", "bad", unsigned(actor, at)),
        _group("not_held", "Δεν έγιναν και δεν αναπληρώθηκαν", "bad", not_held(actor)),
        _group("disputes", "Αντιρρήσεις", "wait", disputes(actor)),
        _group("excuses", "Δικαιολογήσεις απουσιών", "wait", excuses(actor)),
        _group("proposals", "Προτάσεις αλλαγής ώρας", "wait", proposals(actor)),
        _group("countersign", "Χωρίς δεύτερη υπογραφή", "wait", uncountersigned(actor)),
        _listed("near", "Κοντά στο όριο απουσιών", "wait", near),
        _group("async", "Ανεπιβεβαίωτες ασύγχρονες ώρες", "info", async_open(actor)),
        _group("removed", "Διαγραφές λόγω απουσιών", "info", removed(programmes)),
    ]
    return [group for group in found if group.count]


def _listed(name: str, title: str, kind: str, rows: list[Absence]) -> Group:
    return Group(name, title, kind, rows[:SHOWN], len(rows))


def _group(name: str, title: str, kind: str, rows: QuerySet[Any]) -> Group:
    shown = list(rows[: SHOWN + 1])
    count = len(shown) if len(shown) <= SHOWN else rows.count()
    return Group(name, title, kind, shown[:SHOWN], count)


def _sessions(actor: Actor) -> QuerySet[TrainingSession]:
    rows = access.visible(actor, "session.read", TrainingSession.objects.all())
    return with_programme(rows).order_by("starts_at", "pk")


def unsigned(actor: Actor, at: datetime) -> QuerySet[TrainingSession]:
    """Sheets not signed a day after the session."""
    return to_sign(_sessions(actor), at - timedelta(hours=UNSIGNED_HOURS))


def not_held(actor: Actor) -> QuerySet[TrainingSession]:
    return _sessions(actor).filter(state=SessionState.NOT_HELD, programme__state="running")


def proposals(actor: Actor) -> QuerySet[TrainingSession]:
    return _sessions(actor).filter(state=SessionState.RESCHEDULED, programme__state="running")


def uncountersigned(actor: Actor) -> QuerySet[TrainingSession]:
    """Sessions whose sheet in force lacks the centre's signature."""
    latest = AttendanceSheet.objects.filter(session=OuterRef("pk")).order_by("-version")
    rows = _sessions(actor).filter(state__in=[s for s in SETTLED if s != SessionState.CLOSED])
    return rows.annotate(second=Subquery(latest.values("countersigned_at")[:1])).filter(second=None)


def async_open(actor: Actor) -> QuerySet[TrainingSession]:
    return without_async(_sessions(actor)).exclude(programme__state="cancelled")


def excuses(actor: Actor) -> QuerySet[Excuse]:
    """Excuses that wait for the centre, the oldest first."""
    rows = access.visible(actor, "excuse.read", Excuse.objects.all())
    rows = rows.filter(state=ExcuseState.SUBMITTED).order_by("at", "pk")
    return rows.select_related(*_ROW, "file")


def disputes(actor: Actor) -> QuerySet[Dispute]:
    """Disputes that wait for the body, the oldest first."""
    rows = access.visible(actor, "dispute.read", Dispute.objects.all())
    rows = rows.filter(state=DisputeState.OPEN).order_by("at", "pk")
    return rows.select_related(*_ROW)


_ROW = (
    "attendance__person",
    "attendance__session__programme__centre",
    "attendance__session__programme__cluster",
)


def removed(programmes: QuerySet[Programme]) -> QuerySet[ParticipationApplication]:
    """People removed for absences from programmes that still run."""
    rows = ParticipationApplication.objects.filter(
        state=ApplicationState.REMOVED, programme__in=programmes.filter(state="running")
    )
    return rows.select_related("person", "programme__centre", "programme__cluster").order_by(
        F("programme__code"), "person__sort_key"
    )
