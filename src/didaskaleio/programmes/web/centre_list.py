"""«Τα προγράμματά μου» of a centre with many programmes: what is asked for, in which order."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from didaskaleio.kernel.greek import search_key
from didaskaleio.kernel.web.http import number
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod

LONGEST = 80
ORDERS = {
    "code": ("code",),
    "period": ("period__first_day", "code"),
    "trainer": ("trainer__sort_key", "code"),
    "state": ("state", "code"),
    "begins": ("begins_on", "code"),
}


def asked(found: QuerySet[Programme], given: QueryDict) -> QuerySet[Programme]:
    """Of ``found`` what the filters leave, in the chosen order; else as it came."""
    text = given.get("q", "").replace("\0", "").strip()[:LONGEST]
    if text:
        named = Q(trainer__sort_key__contains=search_key(text))
        found = found.filter(named | Q(code__icontains=text))
    if (period := given.get("period", "")) and period.isascii() and period.isdecimal():
        found = found.filter(period_id=number(period) or 0)
    if given.get("state", "") in ProgrammeState.values:
        found = found.filter(state=given["state"])
    return _ordered(found, given.get("order", ""))


def _ordered(found: QuerySet[Programme], order: str) -> QuerySet[Programme]:
    if (fields := ORDERS.get(order.removeprefix("-"))) is None:
        return found
    first, *rest = fields
    return found.order_by(f"-{first}" if order.startswith("-") else first, *rest, "pk")


def choices(entitled: QuerySet[Programme]) -> dict[str, Any]:
    """The periods and states that occur: a filter never leads to nothing."""
    rows = entitled.order_by()
    states = set(rows.values_list("state", flat=True).distinct())
    periods = TrainingPeriod.objects.filter(pk__in=rows.values("period_id"))
    return {
        "all_periods": periods.order_by("-first_day").values_list("pk", "title"),
        "states": [(value, label) for value, label in ProgrammeState.choices if value in states],
    }
