"""What assessors and committees owe, what officers must see to; their deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, open_rows, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.registers import assessments
from didaskaleio.registers.enums import (
    AssessmentState,
    CallState,
)
from didaskaleio.registers.lifecycle import (
    CALL,
    OBJECTION,
)
from didaskaleio.registers.models import (
    Call,
    RankingList,
    Reconciliation,
)


@todos("registers.assessments")
def assess(actor: Actor, at: datetime) -> Iterator[Todo]:
    """An assessor's open candidacies by call, and the disagreements that wait for them."""
    if not actor.holds(Role.ASSESSOR):
        return
    page = reverse("registers:assessments")
    open_ones = assessments.mine(actor).filter(state=AssessmentState.ASSIGNED).order_by()
    owed = open_ones.values("call__title", "call__assessment_plan__due_at")
    for row in owed.annotate(many=Count("pk")).order_by("call__assessment_plan__due_at"):
        many = greek.count(row["many"], "υποψηφιότητα", "υποψηφιότητες")
        due = row["call__assessment_plan__due_at"]
        yield Todo("Αξιολόγηση υποψηφιοτήτων", page, due, f"{many}, {row['call__title']}")
    yield from shortened(
        assessments.disputed(actor), _settle, rest="διαφωνίες αξιολογητών", url=page
    )


def _settle(row: Reconciliation) -> Todo:
    page = reverse("registers:reconciliation", args=[row.pk])
    detail = f"υποψηφιότητα {row.candidacy.code}, {row.call.title}"
    return Todo("Συμφωνία για μόρια που διαφέρουν", page, detail=detail)


@todos("registers.to_assess")
def to_assess(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls of the body that wait for assessors: to begin, or left with gaps."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    desk = reverse("registers:desk")
    ready = assessments.to_start(open_rows(CALL, "start_assessment", actor))
    rest = "προσκλήσεις προς αξιολόγηση"
    yield from shortened(ready.order_by("closes_at", "pk"), _begin, rest=rest, url=desk)
    mine = access.visible(actor, "call.manage", Call.objects.filter(state=CallState.ASSESSING))
    gaps = assessments.with_gaps(mine).order_by("closes_at", "pk")
    yield from shortened(gaps, _cover, rest="προσκλήσεις με κενά στην αξιολόγηση", url=desk)


def _begin(call: Call) -> Todo:
    page = reverse("registers:assessment-board", args=[call.pk])
    return Todo("Ανάθεση και έναρξη αξιολόγησης", page, detail=call.title)


def _cover(call: Call) -> Todo:
    page = reverse("registers:assessment-board", args=[call.pk])
    return Todo("Κενά στην αξιολόγηση", f"{page}?show=bare", detail=call.title)


@todos("registers.objections")
def hearings(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls whose objections wait for the committee that the person belongs to."""
    if not actor.holds(Role.OBJECTION_COMMITTEE):
        return
    waiting = open_rows(OBJECTION, "decide", actor).values("call", "call__title")
    found = waiting.annotate(many=Count("pk")).order_by("call")
    yield from shortened(
        found, _hear, rest="προσκλήσεις με ενστάσεις", url=reverse("registers:objections")
    )


def _hear(row: dict[str, Any]) -> Todo:
    page = f"{reverse('registers:objections')}?state=submitted&call={row['call']}"
    many = greek.count(row["many"], "ένσταση", "ενστάσεις")
    return Todo("Ενστάσεις προς απόφαση", page, detail=f"{many}, {row['call__title']}")


@dates("registers.objections")
def windows(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The ends of the windows of objections of the lists in which the person is."""
    if actor.user_id is None:
        return
    mine = RankingList.objects.filter(
        rows__candidacy__person=actor.user_id, objections_until__gte=at
    )
    for made in mine.select_related("call").defer("table", "rules").order_by("objections_until"):
        assert made.objections_until is not None  # noqa: S101 - asked for
        yield Appointment(
            f"objections-{made.pk}",
            f"Λήξη ενστάσεων: {made.call.title}",
            made.objections_until,
            made.objections_until,
            reverse("registers:ranking", args=[made.pk]),
        )


@dates("registers.assessments")
def due(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """Until when the person's open assessments are due, by call."""
    if not actor.holds(Role.ASSESSOR):
        return
    open_ones = assessments.mine(actor).filter(state=AssessmentState.ASSIGNED)
    asked = open_ones.filter(call__assessment_plan__due_at__isnull=False).order_by()
    rows = asked.values_list("call", "call__title", "call__assessment_plan__due_at").distinct()
    for call, title, moment in rows:
        page = reverse("registers:assessments")
        yield Appointment(f"assess-{call}", f"Λήξη αξιολόγησης: {title}", moment, moment, page)
