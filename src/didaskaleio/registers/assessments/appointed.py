"""Assessors of a call (αξιολογητές): who, how many candidacies each, what the plan says."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import holders
from didaskaleio.registers.enums import LIVE, CandidacyState
from didaskaleio.registers.models import Assessment, AssessmentPlan, AssessorLimit, Call, Candidacy


def assessors(call: Call, at: datetime) -> QuerySet[Person]:
    """Who may assess candidacies of a call at ``at``, by name."""
    return holders(Role.ASSESSOR, Scope.CALL, call.pk, at=at).order_by("sort_key", "pk")


def plan_of(call: Call) -> AssessmentPlan | None:
    """How the call is assessed; None while nobody has said."""
    return AssessmentPlan.objects.filter(call=call).first()


def to_assess(call: Call) -> QuerySet[Candidacy]:
    """The candidacies that wait for an assessment, by code."""
    return Candidacy.objects.filter(call=call, state=CandidacyState.COMPLETE).order_by("code")


def limits(call: Call) -> dict[int, int]:
    """The most candidacies by person, of those who have a limit."""
    rows = AssessorLimit.objects.filter(call=call)
    return dict(rows.values_list("person_id", "most"))


def loads_of(call: Call) -> dict[int, int]:
    """How many candidacies of a call each person has, of those that were not withdrawn."""
    rows = standing(Assessment.objects.filter(call=call)).values("person_id")
    return dict(rows.annotate(many=Count("pk")).values_list("person_id", "many"))


def standing(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Assessments that count, of candidacies that were not withdrawn meanwhile."""
    alive = [CandidacyState.COMPLETE, CandidacyState.ASSESSED]
    return rows.filter(state__in=LIVE, candidacy__state__in=alive)
