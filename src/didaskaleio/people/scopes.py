"""Scopes (εμβέλεια): over what a post may stand; upper rooms register their own kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.shortcuts import resolve_url

from didaskaleio.people import access
from didaskaleio.people.enums import Scope
from didaskaleio.people.models import Post
from didaskaleio.structures.models import Directorate, ImplementingBody, Region, TrainingCentre


@dataclass(frozen=True)
class ScopeKind:
    """One kind of scope: its table, the column that names a row, where its body stands.

    ``page`` gives the address at which the holder of a post over one such scope works.
    """

    kind: str
    model: type[Model]
    label: str
    body: str = ""
    page: Callable[[Post], str] | None = None

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.order_by(self.label, "pk")  # noqa: SLF001


known: dict[str, ScopeKind] = {}


def register(
    kind: str,
    model: type[Model],
    label: str,
    *,
    body: str = "",
    page: Callable[[Post], str] | None = None,
) -> None:
    """Make ``model`` the table of scope ``kind``; ``label`` is its column of names.

    ``body`` is the path to the implementing body: its head then grants rights over the rows.
    ``page`` gives the address to which the news of a right leads: one its holder may open.
    """
    known[kind] = ScopeKind(kind, model, label, body, page)
    if body:
        access.belonging[kind] = lambda bodies: model._default_manager.filter(  # noqa: SLF001
            **{f"{body}__in": [pk for pk in bodies if pk is not None]}
        ).values("pk")


def exists(kind: str, scope_id: int | None) -> bool:
    """Whether there is such a scope; the country is the one without a row."""
    if kind == Scope.COUNTRY:
        return scope_id is None
    table = known.get(kind)
    return table is not None and table.rows().filter(pk=scope_id).exists()


def page(post: Post) -> str:
    """Where the holder of ``post`` works: the page of its scope, else one's own home."""
    table = known.get(post.scope)
    if table is None or table.page is None:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return table.page(post)


def names(posts: Iterable[Post]) -> dict[tuple[str, int | None], str]:
    """The names of the scopes of ``posts``, one query a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for post in posts:
        if post.scope_id is not None:
            wanted[post.scope].add(post.scope_id)
    found: dict[tuple[str, int | None], str] = {(Scope.COUNTRY, None): Scope.COUNTRY.label}
    for kind, ids in wanted.items():
        table = known.get(kind)
        if table:
            rows = table.rows().filter(pk__in=ids).values_list("pk", table.label)
            found |= {(kind, pk): name for pk, name in rows}
    return found


register(Scope.REGION, Region, "name")
register(Scope.DIRECTORATE, Directorate, "abbreviation")
register(Scope.BODY, ImplementingBody, "short_name")
register(Scope.CENTRE, TrainingCentre, "name", body="body_id")
