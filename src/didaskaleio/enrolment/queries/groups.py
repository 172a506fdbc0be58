"""Groups (ομάδες) after the draw: places taken, offered, held back, free; set-based."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from didaskaleio.enrolment.eligibility import Finding
from didaskaleio.enrolment.enums import HOLDING_STATES, EntryState
from didaskaleio.enrolment.models import HeldBack, ParticipationApplication, WaitingEntry
from didaskaleio.enrolment.queries.standing import Standing, judged
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod

SHEET = ("category", "cluster", "centre__prefecture", "period__action__body")


@dataclass(frozen=True)
class Group:
    """A programme with its places (ομάδα); ``findings`` say why one person may not take it."""

    programme: Programme
    taken: int = 0
    offered: int = 0
    held: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def free(self) -> int:
        return max(0, self.programme.capacity - self.taken - self.offered - self.held)

    @property
    def missing(self) -> int:
        """How many are missing until the programme runs."""
        if self.programme.state != ProgrammeState.FILLING:
            return 0
        return max(0, max(self.programme.minimum, 1) - self.taken)


def groups(
    programmes: Iterable[Programme],
    at: datetime,
    findings: dict[int, tuple[Finding, ...]] | None = None,
) -> list[Group]:
    """The places of many programmes: three queries, whatever their number."""
    rows = list(programmes)
    ids = [row.pk for row in rows]
    taken = _counts(ParticipationApplication.objects.filter(state__in=HOLDING_STATES), ids)
    offered = _counts(WaitingEntry.objects.filter(state=EntryState.OFFERED), ids)
    closed = Q(opens_at=None) | Q(opens_at__gt=at)
    held = _counts(HeldBack.objects.filter(closed, used_at=None), ids)
    known = findings or {}
    return [
        Group(
            row,
            taken.get(row.pk, 0),
            offered.get(row.pk, 0),
            held.get(row.pk, 0),
            known.get(row.pk, ()),
        )
        for row in rows
    ]


def _counts(rows: object, ids: list[int]) -> dict[int, int]:
    within = rows.filter(programme_id__in=ids).order_by()  # type: ignore[attr-defined]
    return dict(within.values_list("programme_id").annotate(many=Count("pk")))


def open_groups(period: TrainingPeriod, standing: Standing, at: datetime) -> list[Group]:
    """The open programmes of the person's cluster, those to be taken first."""
    mine = standing.person.chosen
    if mine is None:
        return []
    codes = {cluster.code for cluster in standing.person.clusters} | {mine.code}
    rows = Programme.objects.filter(
        period=period,
        cluster__code__in={mine.code} if standing.person.cluster else codes,
        waiting_list__open_in_phase_b=True,
        state__in=(ProgrammeState.FILLING, ProgrammeState.VIABLE),
    ).select_related(*SHEET)
    ranked = judged(rows.order_by("code"), standing)
    findings = {one.programme.pk: tuple(one.forbidden) for one in ranked}
    found = groups((one.programme for one in ranked), at, findings)
    return sorted(found, key=lambda g: (bool(g.findings), g.free == 0, g.programme.code))
