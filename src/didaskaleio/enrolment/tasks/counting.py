"""Participation is counted a few times a day while a period lives; the demand is kept small."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from didaskaleio.enrolment.models import ParticipationFigure
from didaskaleio.enrolment.operations import counting, demanding
from didaskaleio.kernel import clock, jobs, lifecycle
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.models import TrainingPeriod

NAME = "enrolment.count_participation"
EVERY = timedelta(hours=6)
NOT_OPENED = (
    PeriodState.DRAFT,
    PeriodState.ANNOUNCED,
    PeriodState.PROPOSING,
    PeriodState.CANCELLED,
)


@lifecycle.chore("enrolment.demand")
def fold_demand(at: datetime) -> int:
    """The parts of the demand are folded when they have become many."""
    del at
    demanding.fold()
    return 0


@jobs.job(NAME, queue="default")
def count_participation(period_id: int) -> None:
    """Count one period anew; repeating it does no harm."""
    period = TrainingPeriod.objects.select_related("action__course_version").get(pk=period_id)
    counting.count_participation(period, at=clock.now())


@lifecycle.chore("enrolment.participation")
def keep_counted(at: datetime) -> int:
    """Enqueue the count of the periods whose figures are old; one at a time is enough."""
    if jobs.waits(NAME):
        return 0
    due = list(_due(at).values_list("pk", flat=True))
    for pk in due:
        jobs.enqueue(NAME, period_id=pk)
    return len(due)


def _due(at: datetime) -> QuerySet[TrainingPeriod]:
    own = ParticipationFigure.objects.filter(period=OuterRef("pk")).order_by().values("period")
    rows = TrainingPeriod.objects.exclude(state__in=NOT_OPENED).annotate(
        counted=Subquery(own.annotate(last=Max("counted_at")).values("last"))
    )
    living = Q(starts_at__gt=at) | Q(counted__lt=F("starts_at"))
    return rows.filter(Q(counted=None) | (Q(counted__lt=at - EVERY) & living)).order_by("pk")
