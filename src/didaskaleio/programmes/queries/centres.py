"""Training centres (Κ.Σ.Ε.) of a body and the people who answer for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.structures.models import TrainingCentre


def managers_of_body(
    body_id: int, at: datetime, *, regions: QuerySet[Any] | None = None
) -> list[int]:
    """Ids of the active managers of the approved centres of a body at ``at``, each once.

    ``regions`` (rows of ids) leave out centres elsewhere.
    """
    day = at.astimezone(ATHENS).date()
    approved = Q(approved_until=None) | Q(approved_until__gte=day)
    centres = TrainingCentre.objects.filter(approved, body=body_id, approved_from__lte=day)
    if regions is not None:
        centres = centres.filter(region__in=regions)
    posts = people.open_posts(at).filter(
        role=Role.CENTRE_MANAGER,
        scope=Scope.CENTRE,
        scope_id__in=centres.values("pk"),
        person__is_active=True,
    )
    return list(posts.order_by("person").values_list("person", flat=True).distinct())


def people_of_centre(centre_id: int, at: datetime) -> QuerySet[Person]:
    """Whoever holds a post at a centre at ``at``: its manager and its staff."""
    posts = people.open_posts(at).filter(
        role__in=(Role.CENTRE_MANAGER, Role.CENTRE_STAFF), scope=Scope.CENTRE, scope_id=centre_id
    )
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("sort_key")
