"""Demand (ζήτηση): how many submitted applications list each programme; set-based."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Sum

from didaskaleio.enrolment.models import ListedDemand


class Demand(NamedTuple):
    """Αιτήσεις ενός προγράμματος: all that list it, and those that list it first."""

    total: int = 0
    first: int = 0


def demand(period_id: int, codes: list[str]) -> dict[str, Demand]:
    """The demand of each programme of ``codes``; what nobody listed is Demand(0, 0)."""
    parts = ListedDemand.objects.filter(period_id=period_id, code__in=codes).order_by()
    sums = parts.values_list("code").annotate(Sum("listed"), Sum("first"))
    counted = {code: Demand(total, first) for code, total, first in sums}
    return {code: counted.get(code, Demand()) for code in codes}
