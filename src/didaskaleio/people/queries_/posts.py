"""Questions of room people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from didaskaleio.kernel.access import Actor, HeldPost
from didaskaleio.people.models import Person, Post


def actor_of(person: Any, *, at: datetime) -> Actor:
    """The actor that ``person`` is at the moment ``at``, with the posts open then."""
    posts = open_posts(at).filter(person_id=person.pk)
    held = frozenset(HeldPost(*row) for row in posts.values_list("role", "scope", "scope_id"))
    return Actor(user_id=person.pk, name=person.full_name, posts=held)


def open_posts(at: datetime) -> QuerySet[Post]:
    """The posts that are open at ``at``."""
    return Post.objects.filter(valid_from__lte=at).filter(
        Q(valid_until=None) | Q(valid_until__gt=at)
    )


def holders(role: str, scope: str, scope_id: int | None, *, at: datetime) -> QuerySet[Person]:
    """The active people who hold ``role`` over one scope at ``at``: an audience of notices."""
    posts = open_posts(at).filter(role=role, scope=scope, scope_id=scope_id)
    return Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)
