"""Demand (ζήτηση): how many submitted applications list each programme; set-based."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Sum

from didaskaleio.enrolment.models import ListedDemand
from didaskaleio.kernel import greek

FEWEST_SHOWN = 5


class Demand(NamedTuple):
    """Αιτήσεις ενός προγράμματος: all that list it, and those that list it first.

    Teachers read numbers under ``FEWEST_SHOWN`` as one band, so that nobody is told apart.
    """

    total: int = 0
    first: int = 0

    @property
    def few(self) -> bool:
        """Whether the number is shown as a band only."""
        return self.total < FEWEST_SHOWN

    @property
    def band(self) -> int:
        """The number as teachers may see it: the top of the band, or itself."""
        return max(self.total, FEWEST_SHOWN - 1)

    @property
    def words(self) -> str:
        """«12 αιτήσεις», or the band."""
        if self.few:
            return f"κάτω από {FEWEST_SHOWN} αιτήσεις"
        return greek.count(self.total, "αίτηση", "αιτήσεις")

    @property
    def noun(self) -> str:
        """What the meter says beside ``band``."""
        return "αιτήσεις το πολύ" if self.few else "αιτήσεις"

    @property
    def first_words(self) -> str:
        """«7 το έχουν πρώτο», or the band."""
        if self.first < FEWEST_SHOWN:
            return f"κάτω από {FEWEST_SHOWN} το έχουν πρώτο"
        return f"{greek.number(self.first)} το έχουν πρώτο"


def demand(period_id: int, codes: list[str]) -> dict[str, Demand]:
    """The demand of each programme of ``codes``; what nobody listed is Demand(0, 0)."""
    parts = ListedDemand.objects.filter(period_id=period_id, code__in=codes).order_by()
    sums = parts.values_list("code").annotate(Sum("listed"), Sum("first"))
    counted = {code: Demand(total, first) for code, total, first in sums}
    return {code: counted.get(code, Demand()) for code in codes}
