"""Reports about work in programmes (έργο): the ranking of a call, and what came of it by place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.enums import AssignmentState
from didaskaleio.programmes.models import (
    TrainingAction,
    WorkAssignment,
    WorkCall,
    WorkCallLine,
    WorkStanding,
)
from didaskaleio.structures.models import Prefecture

Rows = QuerySet[Any]
MOST_CHOICES = 60


def _readable(actor: Actor) -> QuerySet[WorkCall]:
    return access.visible(actor, "work_call.read", WorkCall.objects.all())


def _calls(actor: Actor, _at: datetime) -> list[Choice]:
    rows = _readable(actor).order_by("-opens_at", "-pk")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:MOST_CHOICES]]


def _actions(actor: Actor, _at: datetime) -> list[Choice]:
    rows = TrainingAction.objects.filter(periods__work_calls__in=_readable(actor)).distinct()
    pairs = rows.order_by("title", "pk").values_list("pk", "title")[:MOST_CHOICES]
    return [(str(pk), title) for pk, title in pairs]


def _prefectures(_actor: Actor, _at: datetime) -> list[Choice]:
    return list(Prefecture.objects.order_by("name").values_list("code", "name"))


def _by(path: str) -> Callable[[Rows, str], Rows]:
    return lambda rows, value: rows.filter(**{path: value})


def _standings(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    rows = WorkStanding.objects.filter(line__call__in=_readable(actor))
    return rows.select_related(
        "line__cluster", "line__prefecture", "line__region", "line__call",
        "application__person", "application__centre",
    ).order_by("line__call", "line", "rank")  # fmt: skip


def _outcome(row: WorkStanding) -> str:
    if row.application.line_id == row.line_id:
        return "Επιλέχθηκε σε αυτή τη θέση"
    return str(row.application.get_state_display())


declare(
    Report(
        name="programmes.work_ranking",
        title="Κατάταξη για έργο",
        permission="work_call.reports",
        columns=(
            Column("number", "Πρόσκληση", "line.call.number", order="line__call__number"),
            Column("line", "Θέση έργου", lambda row: str(row.line), order="line"),
            Column("rank", "Σειρά", kind="number", order="rank"),
            Column("applicant", "Αίτηση του/της", lambda row: row.application.applicant),
            Column("code", "Κωδικός", "application.code", order="application__code"),
            Column("points", "Μόρια", kind="points", order="points"),
            Column("load", "Φόρτος ως τότε", kind="number", order="load"),
            Column("local", "Στον νομό", lambda row: "Ναι" if row.local else "Όχι", order="local"),
            Column("preference", "Προτίμηση", kind="number", order="preference"),
            Column("lot", "Κλήρος"),
            Column("outcome", "Αποτέλεσμα", _outcome),
            Column("why", "Με απόφαση", "application.moved_why"),
        ),
        rows=_standings,
        filters=(
            Filter("call", "Πρόσκληση", _calls, _by("line__call_id")),
            Filter("action", "Δράση", _actions, _by("line__call__period__action_id")),
            Filter("prefecture", "Νομός", _prefectures, _by("line__prefecture__code")),
        ),
        note="Κλήρος: SHA-256 του αριθμού της πρόσκλησης και του κωδικού της αίτησης, με «:».",
    )
)


def _assigned(which: Q | None = None) -> Coalesce:
    """How many assignments of programmes in the place of a line came from its call."""
    rows = WorkAssignment.objects.filter(
        which or Q(),
        application__call=OuterRef("call"),
        programme__cluster=OuterRef("cluster"),
        programme__centre__prefecture=OuterRef("prefecture"),
    )
    counted = rows.order_by().values("application__call").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _lines(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    won = Q(standings__application__line=F("pk"))
    accepted = Q(state=AssignmentState.ACCEPTED)
    rows = WorkCallLine.objects.filter(call__in=_readable(actor)).annotate(
        applied=Count("standings", distinct=True),
        selected=Count("standings", filter=won, distinct=True),
        asked=_assigned(),
        accepted=_assigned(accepted),
    )
    return rows.select_related("call", "cluster", "prefecture", "region").order_by("call", "pk")


declare(
    Report(
        name="programmes.work",
        title="Αιτήσεις και αναθέσεις έργου ανά νομό",
        permission="work_call.reports",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call__title"),
            Column("prefecture", "Νομός", "prefecture.name", order="prefecture__name"),
            Column("region", "Περιφέρεια", "region.name", order="region__name"),
            Column("cluster", "Συστάδα", "cluster.title", order="cluster__order"),
            Column("places", "Ζητούνται", kind="number", order="places", total=True),
            Column("applied", "Αιτήσεις", kind="number", order="applied", total=True),
            Column("selected", "Επιλέχθηκαν", kind="number", order="selected", total=True),
            Column("asked", "Ρωτήθηκαν", kind="number", order="asked", total=True),
            Column("accepted", "Αποδέχτηκαν", kind="number", order="accepted", total=True),
        ),
        rows=_lines,
        filters=(
            Filter("call", "Πρόσκληση", _calls, _by("call_id")),
            Filter("action", "Δράση", _actions, _by("call__period__action_id")),
            Filter("prefecture", "Νομός", _prefectures, _by("prefecture__code")),
        ),
        note="Οι αιτήσεις μετρούν μετά τη λήξη, σε κάθε θέση που ζητούν.",
    )
)
