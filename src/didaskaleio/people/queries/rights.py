"""What an actor may grant (δικαιώματα που μπορεί να δώσει), for the choices of the screen."""

from __future__ import annotations

from collections.abc import Iterator

from didaskaleio.kernel import greek
from didaskaleio.kernel.access import Actor, allowed
from didaskaleio.people import access, scopes
from didaskaleio.people.enums import SCOPES_OF, Role, Scope
from didaskaleio.people.models import Post

Choice = tuple[str, str]


def grantable_roles(actor: Actor) -> list[Choice]:
    """The roles that ``actor`` may grant somewhere: value and Greek name."""
    kinds = _kinds(actor)
    return [
        (role.value, str(role.label))
        for role in Role
        if any(kind in kinds and _is_open(kind) for kind in SCOPES_OF[role])
    ]


def grantable_scopes(actor: Actor, role: str) -> list[tuple[str, list[Choice]]]:
    """Where ``actor`` may grant ``role``: groups of choices ``kind:id`` (``country:``)."""
    groups = ((Scope(kind), list(_choices(actor, kind))) for kind in SCOPES_OF.get(role, ()))
    return [(str(kind.label), choices) for kind, choices in groups if choices]


def named(places: list[tuple[str, list[Choice]]], words: str) -> list[tuple[str, list[Choice]]]:
    """The places whose name has every one of ``words``; none, while nothing is asked for."""
    keys = [greek.search_key(word) for word in words.split()]
    if not keys:
        return []
    found = (
        (kind, [one for one in choices if all(key in greek.search_key(one[1]) for key in keys)])
        for kind, choices in places
    )
    return [(kind, choices) for kind, choices in found if choices]


def _kinds(actor: Actor) -> frozenset[str]:
    """The kinds of scope over which ``actor`` may grant something."""
    if _everywhere(actor):
        return frozenset(Scope.values)
    return frozenset(kind for kind in access.belonging if _bodies(actor, kind))


def _bodies(actor: Actor, kind: str) -> frozenset[int | None]:
    """The bodies over whose scopes of that kind ``actor`` may grant."""
    found = actor.scopes(Role.BODY_HEAD, Scope.BODY)
    return found | actor.scopes(Role.BODY_OFFICER, Scope.BODY) if kind in access.TEAMS else found


def _choices(actor: Actor, kind: str) -> Iterator[Choice]:
    everywhere = _everywhere(actor)
    if kind == Scope.COUNTRY:
        if everywhere:
            yield "country:", str(Scope.COUNTRY.label)
        return
    table = scopes.known.get(kind)
    scopes_of = access.belonging.get(kind)
    if table is None or not (everywhere or scopes_of):
        return
    rows = table.rows()
    if not everywhere and scopes_of:
        rows = rows.filter(pk__in=scopes_of(_bodies(actor, kind)))
    for pk, name in rows.values_list("pk", table.label):
        yield f"{kind}:{pk}", name


def _everywhere(actor: Actor) -> bool:
    return allowed(actor, "post.grant", Post(scope=Scope.COUNTRY))


def _is_open(kind: str) -> bool:
    return kind == Scope.COUNTRY or kind in scopes.known
