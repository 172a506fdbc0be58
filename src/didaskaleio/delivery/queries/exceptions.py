"""Exceptions first (εκκρεμότητες): what somebody at the centre or the body must look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value

from didaskaleio.delivery.enums import DisputeState, ExcuseState, SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import AttendanceSheet, Dispute, Excuse, TrainingSession
from didaskaleio.delivery.queries.absences import Absence, near_or_over
from didaskaleio.delivery.queries.session_reports import without_report
from didaskaleio.delivery.queries.sessions import to_sign, with_programme, without_async
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.programmes.models import Programme

SHOWN = 10
UNSIGNED_HOURS = 24
ORDERS = {"when": ("starts_at", "pk"), "programme": ("programme__code", "starts_at", "pk")}


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


class Question:
    """What is asked (ερώτημα): by whom, when, and of which programmes.

    ``text`` narrows them to a programme by its code or to centres by their name.
    """

    def __init__(self, actor: Actor, at: datetime, text: str = "") -> None:
        self.actor, self.at, self.text = actor, at, text
        rows = access.visible(actor, "programme.roll", Programme.objects.all())
        self.programmes = _named(rows, text) if text else rows

    @cached_property
    def absences(self) -> list[Absence]:
        """Everybody at the warning or beyond; counted once for all groups."""
        return list(near_or_over(self.programmes, self.at))

    def narrowed(self, rows: QuerySet[Any], path: str = "programme") -> QuerySet[Any]:
        """Of ``rows`` those whose programme is asked about."""
        return rows.filter(**{f"{path}__in": self.programmes}) if self.text else rows


def _named(rows: QuerySet[Programme], text: str) -> QuerySet[Programme]:
    centre = Q()
    for word in text.split():
        centre &= Q(centre__sort_key__contains=GreekKeyOf(Value(word)))
    return rows.filter(centre | Q(code__iexact=text))


Rows = list[Absence] | QuerySet[Any]
Source = Callable[[Question], Rows]
OF_ROW = "attendance__session__programme"
SOURCES: dict[str, tuple[str, str, Source]] = {
    "over": (
        "Δεν μπορούν πια να τηρήσουν το όριο",
        "bad",
        lambda asked: [row for row in asked.absences if row.standing.lost],
    ),
    "edge": (
        "Μία απουσία πριν από το όριο",
        "bad",
        lambda asked: [row for row in asked.absences if row.standing.edge],
    ),
    "unsigned": (
        "Ανυπόγραφα παρουσιολόγια",
        "bad",
        lambda asked: asked.narrowed(unsigned(asked.actor, asked.at)),
    ),
    "not_held": (
        "Δεν έγιναν και δεν αναπληρώθηκαν",
        "bad",
        lambda asked: asked.narrowed(not_held(asked.actor)),
    ),
    "disputes": (
        "Αντιρρήσεις",
        "wait",
        lambda asked: asked.narrowed(disputes(asked.actor), OF_ROW),
    ),
    "excuses": (
        "Δικαιολογήσεις απουσιών",
        "wait",
        lambda asked: asked.narrowed(excuses(asked.actor), OF_ROW),
    ),
    "proposals": (
        "Προτάσεις αλλαγής ώρας",
        "wait",
        lambda asked: asked.narrowed(proposals(asked.actor)),
    ),
    "countersign": (
        "Χωρίς δεύτερη υπογραφή",
        "wait",
        lambda asked: asked.narrowed(uncountersigned(asked.actor)),
    ),
    "near": (
        "Κοντά στο όριο απουσιών",
        "wait",
        lambda asked: [
            row for row in asked.absences if not (row.standing.lost or row.standing.edge)
        ],
    ),
    "async": (
        "Ανεπιβεβαίωτες ασύγχρονες ώρες",
        "info",
        lambda asked: asked.narrowed(async_open(asked.actor)),
    ),
    "reports": (
        "Χωρίς έκθεση συνάντησης",
        "info",
        lambda asked: asked.narrowed(unreported(asked.actor, asked.at)),
    ),
    "removed": (
        "Διαγραφές λόγω απουσιών",
        "info",
        lambda asked: removed(asked.programmes),
    ),
}


def groups(asked: Question) -> list[Group]:
    """Every group that has something in it, the most serious first, each with its first rows."""
    found = [_group(name, asked) for name in SOURCES]
    return [group for group in found if group.count]


def _group(name: str, asked: Question) -> Group:
    title, kind, source = SOURCES[name]
    rows = source(asked)
    shown = list(rows[: SHOWN + 1])
    if isinstance(rows, list):
        count = len(rows)
    else:
        count = len(shown) if len(shown) <= SHOWN else rows.count()
    return Group(name, title, kind, shown[:SHOWN], count)


def all_of(name: str, asked: Question, order: str = "") -> Rows:
    """Every row of one group; sessions also in ``order``: ``when``, ``programme``, or backwards."""
    rows = SOURCES[name][2](asked)
    chosen = ORDERS.get(order.removeprefix("-"))
    if chosen is None or isinstance(rows, list) or rows.model is not TrainingSession:
        return rows
    first, *rest = chosen
    return rows.order_by(f"-{first}" if order.startswith("-") else first, *rest)


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


def unreported(actor: Actor, at: datetime) -> QuerySet[TrainingSession]:
    """Sessions of which no report was filed a day after they ended."""
    late = at - timedelta(hours=UNSIGNED_HOURS)
    return without_report(_sessions(actor)).filter(ends_at__lte=late)


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
