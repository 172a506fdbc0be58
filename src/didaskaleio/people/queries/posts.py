"""Posts (θέσεις ευθύνης) and the people who hold them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value

from didaskaleio.kernel.access import Actor, HeldPost
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.people.enums import IdentifierKind
from didaskaleio.people.models import Identifier, Person, Post


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


def find_people(text: str) -> QuerySet[Person]:
    """People by name (any part, without accents), by exact username or by exact ΑΦΜ."""
    words = text.split()
    if not words:
        return Person.objects.none()
    if len(words) == 1 and words[0].isdigit():
        holders_of = Identifier.objects.filter(kind=IdentifierKind.AFM, value=words[0])
        return Person.objects.filter(pk__in=holders_of.values("person_id"))
    named = Q()
    for word in words:
        named &= Q(sort_key__contains=GreekKeyOf(Value(word)))
    found = Person.objects.filter(named | Q(username=text.strip()))
    return found.order_by("sort_key", "pk")
