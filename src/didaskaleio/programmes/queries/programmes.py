"""Lists of programmes for every role, and how far quotas are used."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Max, Min, QuerySet

from didaskaleio.programmes.access import PUBLIC_STATES
from didaskaleio.programmes.enums import ProgrammeState, QuotaKind
from didaskaleio.programmes.models import Programme, TrainingPeriod

APPROVED_STATES = frozenset(
    str(state)
    for state in ProgrammeState
    if state not in {"draft", "submitted", "returned", "checked", "rejected", "cancelled"}
)


def with_relations(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Everything that a line about a programme shows, without a query for each."""
    return rows.select_related(
        "period__action__body",
        "category",
        "cluster",
        "trainer",
        "room",
        "centre__prefecture",
        "centre__regional_unit",
        "centre__region",
        "centre__directorate",
        "centre__school__type",
    )


def catalogue(period: TrainingPeriod) -> QuerySet[Programme]:
    """The public catalogue of a period (κατάλογος προγραμμάτων), by cluster and code."""
    rows = Programme.objects.filter(period=period, state__in=PUBLIC_STATES)
    return with_relations(rows).order_by("cluster__order", "code")


def _with_dates(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    return rows.annotate(
        slots_count=Count("slots"), begins_on=Min("slots__date"), ends_on=Max("slots__date")
    )


def of_centres(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes as the people of a centre list them: newest period first."""
    return _with_dates(with_relations(rows)).order_by("-period__first_day", "code")


def of_trainer(person_id: int) -> QuerySet[Programme]:
    """Programmes that name this trainer, drafts too: what waits for agreement first."""
    rows = Programme.objects.filter(trainer_id=person_id)
    return _with_dates(with_relations(rows)).order_by("-period__first_day", "code")


def desk(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes as the body's officers list them: what waits longest first."""
    return _with_dates(with_relations(rows)).order_by("state_since", "code")


class Use(NamedTuple):
    """One quota of a period with what has been approved so far."""

    kind: str
    key: str
    limit: int
    used: int

    @property
    def full(self) -> bool:
        return self.used >= self.limit


PATHS = {
    QuotaKind.CLUSTER: "cluster__code",
    QuotaKind.PREFECTURE: "centre__prefecture__code",
    QuotaKind.CENTRE: "centre__code",
}


def quota_uses(
    period: TrainingPeriod, *, leaving_out: int | None = None
) -> dict[tuple[str, str], int]:
    """How many approved programmes fall under each (kind, key) of quota in the period."""
    rows = Programme.objects.filter(period=period, state__in=APPROVED_STATES)
    found: Counter[tuple[str, str]] = Counter()
    if leaving_out is not None:
        rows = rows.exclude(pk=leaving_out)
    for row in rows.values_list(*PATHS.values()):
        found.update((str(kind), key) for kind, key in zip(PATHS, row, strict=True))
    return found


def keys_of(programme: Programme) -> dict[str, str]:
    """The keys under which a programme counts: cluster, prefecture, centre."""
    return {
        str(QuotaKind.CLUSTER): programme.cluster.code,
        str(QuotaKind.PREFECTURE): programme.centre.prefecture.code,
        str(QuotaKind.CENTRE): programme.centre.code,
    }
