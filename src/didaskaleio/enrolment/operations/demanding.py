"""Keeping the demand (ζήτηση): what a submission adds, what a new one or withdrawal takes back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Count

from didaskaleio.enrolment.models import ListedDemand

MOST_PARTS = 10_000
FOLD = """
WITH parts AS (
    DELETE FROM enrolment_listeddemand WHERE period_id = %s RETURNING code, listed, first
)
INSERT INTO enrolment_listeddemand (period_id, code, listed, first)
SELECT %s, code, sum(listed), sum(first) FROM parts GROUP BY code
"""


def change(period_id: int, old: Sequence[str], new: Sequence[str]) -> None:
    """The list ``old`` of one application became ``new``; either may be empty."""
    changes = (_part(code, old, new) for code in sorted({*old, *new}))
    ListedDemand.objects.bulk_create(
        ListedDemand(period_id=period_id, code=code, listed=listed, first=first)
        for code, listed, first in changes
        if listed or first
    )


def _part(code: str, old: Sequence[str], new: Sequence[str]) -> tuple[str, int, int]:
    """What changes for one programme: how many list it, how many list it first."""
    listed = int(code in new) - int(code in old)
    return code, listed, int(code in new[:1]) - int(code in old[:1])


def fold(*, most: int = MOST_PARTS) -> int:
    """Fold the parts of every period that has more than ``most``; returns the periods folded."""
    rows = ListedDemand.objects.order_by().values_list("period_id").annotate(parts=Count("pk"))
    many = list(rows.filter(parts__gt=most).values_list("period_id", flat=True))
    for period_id in many:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FOLD, [period_id, period_id])
    return len(many)
