"""Questions about standards: which apply to whom where, and which somebody has yet to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from didaskaleio.kernel.access import COUNTRY, Actor
from didaskaleio.kernel.standards import stages
from didaskaleio.kernel.standards.models import Acknowledgement, Standard, StandardVersion

BODY = "body"
MOST = 20  # standards of one stage: more would not be read


def in_force(names: Iterable[str], bodies: Iterable[Any]) -> QuerySet[StandardVersion]:
    """The versions in force for stages ``names``: the ministry's and those of ``bodies``."""
    rows = StandardVersion.objects.exclude(published_at=None).filter(retired_at=None)
    whose = Q(standard__scope=COUNTRY) | Q(standard__scope=BODY, standard__scope_id__in=bodies)
    rows = rows.filter(whose, standard__stage__in=list(names))
    return rows.select_related("standard").order_by("standard__sort_key", "pk")


def for_actor(rows: QuerySet[StandardVersion], actor: Actor) -> list[StandardVersion]:
    """Those that concern one of the actor's roles, each with ``read`` set for this person."""
    mine = Acknowledgement.objects.filter(version=OuterRef("pk"), person=actor.user_id or 0)
    found = rows.annotate(read=Exists(mine)).prefetch_related("files__file")[:MOST]
    return [row for row in found if not row.standard.roles or actor.holds(*row.standard.roles)]


def on_page(address: str, words: dict[str, Any], actor: Actor) -> list[StandardVersion]:
    """What a page shows of standards: those of its stages that concern the person."""
    if actor.user_id is None:
        return []
    found = {
        row.pk: row
        for stage in stages.of_page(address)
        for row in for_actor(in_force([stage.name], stage.bodies(address, words)), actor)
    }
    return list(found.values())


def owed(name: str, body: int, actor: Actor) -> list[StandardVersion]:
    """What the actor must acknowledge before acting at stage ``name`` for ``body``."""
    rows = in_force([name], [body]).filter(demanded=True)
    return [row for row in for_actor(rows, actor) if not row.read]  # type: ignore[attr-defined]


def listed(rows: QuerySet[Standard]) -> QuerySet[Standard]:
    """Standards by stage and title, with their version in force, their draft, and readers."""
    versions = StandardVersion.objects.filter(standard=OuterRef("pk"))
    current = versions.exclude(published_at=None).filter(retired_at=None)
    readers = current.annotate(n=Count("acknowledgements")).values("n")
    return rows.annotate(
        current=Subquery(current.values("number")[:1]),
        draft=Subquery(versions.filter(published_at=None).values("number")[:1]),
        demanded=Subquery(current.values("demanded")[:1]),
        readers=Subquery(readers[:1]),
    ).order_by("stage", "sort_key", "pk")
