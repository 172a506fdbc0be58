"""Days that no funded project covers (εκτός επιλεξιμότητας), as a condition of the database.

The same rule as ``finance/eligibility.py`` in SQL; where a project states no day, or there is no
project, a comparison with nothing is never true.
"""

from __future__ import annotations

from django.db.models import F, Q


def beyond(day: str, project: str) -> Q:
    """Whether ``day`` is before the first or after the last day that ``project`` covers."""
    early = Q(**{f"{day}__lt": F(f"{project}__eligible_from")})
    return early | Q(**{f"{day}__gt": F(f"{project}__eligible_until")})
