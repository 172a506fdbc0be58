"""Questions of the register of centres (μητρώο Κ.Σ.Ε.): standing, seats, people, what is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post
from didaskaleio.people.queries import open_posts
from didaskaleio.registers.access import KEEPERS
from didaskaleio.registers.enums import CentreStanding, ProposalState
from didaskaleio.registers.models import RoomProposal
from didaskaleio.structures.models import ImplementingBody, Prefecture, Room, TrainingCentre

SOON = timedelta(days=60)
STAFF = (Role.CENTRE_MANAGER, Role.CENTRE_STAFF)


def standing(centre: TrainingCentre, day: date) -> CentreStanding:
    """How the approval stands on ``day``; one that begins later stands as none yet."""
    if centre.approved_from is None or centre.approved_from > day:
        return CentreStanding.PENDING
    if centre.approved_until is None or centre.approved_until > day + SOON:
        return CentreStanding.APPROVED
    return CentreStanding.ENDING if centre.approved_until >= day else CentreStanding.ENDED


def standing_is(wanted: str, day: date) -> Q:
    """The centres whose approval stands so on ``day``: what :func:`standing` says, in SQL."""
    begun = Q(approved_from__lte=day)
    match wanted:
        case CentreStanding.PENDING:
            return Q(approved_from=None) | Q(approved_from__gt=day)
        case CentreStanding.APPROVED:
            return begun & (Q(approved_until=None) | Q(approved_until__gt=day + SOON))
        case CentreStanding.ENDING:
            return begun & Q(approved_until__gte=day, approved_until__lte=day + SOON)
    return begun & Q(approved_until__lt=day)


def with_rooms(rows: QuerySet[TrainingCentre]) -> QuerySet[Any]:
    """Centres with their rooms in use counted: rooms, labs, seats; one query."""
    used = Q(rooms__in_use=True)
    waiting = RoomProposal.objects.filter(centre=OuterRef("pk"), state=ProposalState.OPEN)
    return rows.select_related("prefecture", "region", "body").annotate(
        many_rooms=Count("rooms", filter=used),
        labs=Count("rooms", filter=used & Q(rooms__kind=Room.Kind.LAB)),
        seats=Coalesce(Sum("rooms__seats", filter=used), 0),
        waits=Exists(waiting),
    )


def named(rows: QuerySet[TrainingCentre], words: str) -> QuerySet[TrainingCentre]:
    """By every word of the name or the town, or by the code."""
    rows = rows.alias(town_key=GreekKeyOf("town"))
    for word in words.split()[:6]:
        key = GreekKeyOf(Value(word))
        rows = rows.filter(Q(sort_key__contains=key) | Q(town_key__contains=key) | Q(code=word))
    return rows


def asked(
    rows: QuerySet[TrainingCentre],
    *,
    day: date,
    q: str = "",
    prefecture: Prefecture | None = None,
    kind: str = "",
    state: str = "",
    seats: int | None = None,
) -> QuerySet[Any]:
    """Centres by words, prefecture, kind, standing of the approval and least seats."""
    found = with_rooms(named(rows, q))
    if prefecture:
        found = found.filter(prefecture=prefecture)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(standing_is(state, day))
    if seats:
        found = found.filter(seats__gte=seats)
    return found.order_by("prefecture__sort_key", "sort_key", "pk")


def staff_of(centre: TrainingCentre, at: datetime) -> QuerySet[Post]:
    """The posts at a centre that are open: who answers for it first."""
    posts = open_posts(at).filter(scope=Scope.CENTRE, scope_id=centre.pk, role__in=STAFF)
    return posts.select_related("person").order_by("role", "person__sort_key")


def managers_of(centre: TrainingCentre, at: datetime) -> list[int]:
    """Ids of the people who answer for a centre, and can still sign in."""
    posts = staff_of(centre, at).filter(role=Role.CENTRE_MANAGER, person__is_active=True)
    return sorted(set(posts.order_by().values_list("person", flat=True)))


def bodies_kept(actor: Actor) -> QuerySet[ImplementingBody]:
    """The bodies whose register of centres ``actor`` keeps."""
    held = (actor.scopes(role, Scope.BODY) for role in KEEPERS)
    known = {pk for scopes in held for pk in scopes if pk is not None}
    return ImplementingBody.objects.filter(pk__in=known).order_by("short_name")
