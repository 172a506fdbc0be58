"""The desk of payments (εικόνα πληρωμών): what stands where, by action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from didaskaleio.finance.amounts import ZERO
from didaskaleio.finance.enums import WorkState
from didaskaleio.finance.models import WorkLine
from didaskaleio.programmes.models import TrainingAction

SHOWN = (
    WorkState.DUE,
    WorkState.EXAMINED,
    WorkState.ACCEPTED,
    WorkState.ORDERED,
    WorkState.PAID,
    WorkState.REFUSED,
)


@dataclass(frozen=True)
class Place:
    """How much stands in one state (πού βρίσκεται): lines and amount."""

    state: WorkState
    lines: int = 0
    amount: Decimal = ZERO

    @property
    def label(self) -> str:
        return str(self.state.label)


def places_of(actions: Iterable[int]) -> Mapping[int, list[Place]]:
    """For each action how much stands in each state; one query."""
    held: dict[int, dict[str, Place]] = defaultdict(dict)
    rows = WorkLine.objects.filter(action__in=list(actions)).order_by()
    sums = rows.values_list("action_id", "state").annotate(n=Count("pk"), total=Sum("amount"))
    for action, state, count, total in sums:
        held[action][state] = Place(WorkState(state), count, total)
    return defaultdict(
        lambda: [Place(state) for state in SHOWN],
        {pk: [by.get(state, Place(state)) for state in SHOWN] for pk, by in held.items()},
    )


def actions() -> QuerySet[TrainingAction]:
    """Actions of which something may be paid, the latest first."""
    return TrainingAction.objects.select_related("body", "project").order_by("-pk")
