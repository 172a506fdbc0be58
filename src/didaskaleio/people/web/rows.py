"""Rows (γραμμές) of posts and identifiers as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Identifier, Post

SHOWN = 3


@dataclass(frozen=True)
class PostRow:
    """A post in words: role, kind and name of its scope."""

    post: Post
    role: str
    scope: str
    where: str

    def __str__(self) -> str:
        return f"{self.role}, {self.where}"


def post_rows(posts: Iterable[Post], names: Mapping[tuple[str, int | None], str]) -> list[PostRow]:
    return [
        PostRow(
            post,
            str(Role(post.role).label),
            str(Scope(post.scope).label),
            names.get((post.scope, post.scope_id), "–"),
        )
        for post in posts
    ]


def masked(identifiers: Iterable[Identifier]) -> list[tuple[str, str]]:
    """Kind and value, of which only the last characters are shown."""
    return [
        (row.get_kind_display(), "•" * (len(row.value) - SHOWN) + row.value[-SHOWN:])
        for row in identifiers
    ]
