"""Demand (ζήτηση): how many submitted applications list each programme; set-based."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

COUNT = """
SELECT listed.code, count(*), count(*) FILTER (WHERE listed.place = 1)
FROM enrolment_participationapplication a
JOIN enrolment_submission s ON s.id = a.submission_id
CROSS JOIN LATERAL unnest(s.preferences) WITH ORDINALITY AS listed(code, place)
WHERE a.period_id = %s AND a.state = 'submitted' AND listed.code = ANY(%s)
GROUP BY listed.code
"""


class Demand(NamedTuple):
    """Αιτήσεις ενός προγράμματος: all that list it, and those that list it first."""

    total: int = 0
    first: int = 0


def demand(period_id: int, codes: list[str]) -> dict[str, Demand]:
    """The demand of each programme of ``codes``; what nobody listed is Demand(0, 0)."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [period_id, codes])
        counted = {code: Demand(total, first) for code, total, first in cursor.fetchall()}
    return {code: counted.get(code, Demand()) for code in codes}
