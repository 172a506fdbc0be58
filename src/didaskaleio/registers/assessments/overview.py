"""Progress of an assessment (πρόοδος): by assessor, by candidacy, by call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.people.models import Person
from didaskaleio.registers.assessments.appointed import (
    assessors,
    limits,
    loads_of,
    plan_of,
    standing,
)
from didaskaleio.registers.assessments.proposing import Proposed
from didaskaleio.registers.enums import LIVE, AssessmentState, CandidacyState, ReconciliationState
from didaskaleio.registers.lifecycle import uncovered
from didaskaleio.registers.models import Assessment, Call, Candidacy, Reconciliation


@dataclass(frozen=True)
class Progress:
    """An assessor's work in a call (πρόοδος): how much there is, how much is done."""

    person: Person
    most: int | None
    load: int
    done: int
    late: bool
    holds: bool
    after: int

    @property
    def left(self) -> int:
        """What is still owed."""
        return self.load - self.done


def progress(call: Call, at: datetime, proposal: Proposed | None = None) -> list[Progress]:
    """Every assessor of a call with work or the right to it, by name."""
    plan = plan_of(call)
    loads, most = loads_of(call), limits(call)
    done = dict(
        standing(Assessment.objects.filter(call=call, state=AssessmentState.SUBMITTED))
        .values("person_id")
        .annotate(many=Count("pk"))
        .values_list("person_id", "many")
    )
    able = set(assessors(call, at).values_list("pk", flat=True))
    late = bool(plan and at > plan.due_at)
    after = {int(pk): load for pk, load in proposal.proposal.loads.items()} if proposal else {}
    people = Person.objects.filter(pk__in=able | loads.keys()).order_by("sort_key", "pk")
    return [
        Progress(
            person=one,
            most=most.get(one.pk),
            load=loads.get(one.pk, 0),
            done=done.get(one.pk, 0),
            late=late and loads.get(one.pk, 0) > done.get(one.pk, 0),
            holds=one.pk in able,
            after=after.get(one.pk, loads.get(one.pk, 0)),
        )
        for one in people
    ]


def differing_now(call: Call) -> QuerySet[Candidacy]:
    """The candidacies on whose assessments there is no agreement yet."""
    rows = Candidacy.objects.filter(call=call, state=CandidacyState.COMPLETE)
    return rows.filter(reconciliation__isnull=False).exclude(
        reconciliation__state=ReconciliationState.SETTLED
    )


def board(call: Call, show: str) -> QuerySet[Candidacy]:
    """The candidacies of a call that are assessed, by code; ``show`` narrows them."""
    alive = [CandidacyState.COMPLETE, CandidacyState.ASSESSED]
    rows = Candidacy.objects.filter(call=call, state__in=alive)
    plan = plan_of(call)
    if show == "bare":
        rows = uncovered(rows, plan.each if plan else 1)
    elif show == "differ":
        rows = rows.filter(pk__in=differing_now(call))
    elif show in alive:
        rows = rows.filter(state=show)
    return rows.order_by("code")


def mine(actor: Actor) -> QuerySet[Assessment]:
    """The actor's assessments in calls that are being assessed: open ones first, then by code."""
    rows = access.visible(actor, "assessment.own", Assessment.objects.all())
    related = standing(rows).select_related("call__body", "call__assessment_plan")
    related = related.select_related("candidacy__person", "candidacy__submission")
    return related.order_by("call__closes_at", "call", "state", "candidacy__code")


def disputed(actor: Actor) -> QuerySet[Reconciliation]:
    """The reconciliations that wait for the actor: the oldest first."""
    rows = access.visible(actor, "reconciliation.settle", Reconciliation.objects.all())
    rows = rows.exclude(state=ReconciliationState.SETTLED)
    open_to_me = Q(arbiter=None) | Q(arbiter=actor.user_id)
    open_to_me &= ~Q(state=ReconciliationState.PROPOSED, arbiter=None, proposer=actor.user_id)
    rows = rows.filter(open_to_me, candidacy__state=CandidacyState.COMPLETE)
    return rows.select_related("call", "candidacy").order_by("opened_at", "pk")


def to_start(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Those of the calls whose check of completeness is over, with something to assess."""
    rows = Candidacy.objects.filter(call=OuterRef("pk"))
    unchecked = rows.filter(state__in=[CandidacyState.SUBMITTED, CandidacyState.RETURNED])
    complete = rows.filter(state=CandidacyState.COMPLETE)
    return calls.filter(Exists(complete), ~Exists(unchecked))


def with_gaps(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Those of the calls that are assessed with a candidacy that lacks an assessor."""
    live = Count("assessments", filter=Q(assessments__state__in=LIVE))
    rows = Candidacy.objects.filter(call=OuterRef("pk"), state=CandidacyState.COMPLETE)
    bare = rows.annotate(many=live).filter(many__lt=F("call__assessment_plan__each"))
    return calls.filter(Exists(bare))
