"""Access (δικαιώματα πρόσβασης): each permission is declared once, as a rule.

A rule answers two questions from one declaration: ``allows`` (may this actor touch this
object?) and ``q`` (which rows may this actor see?). A property test proves that they agree.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Manager, Model, OuterRef, Q, QuerySet

M = TypeVar("M", bound=Model)
NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING
COUNTRY = "country"


class HeldPost(NamedTuple):
    """A post (θέση ευθύνης) as the rules see it: role, kind of scope, id of the scope."""

    role: str
    scope: str
    scope_id: int | None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person's id, name and the posts held at this moment, loaded once a request."""

    user_id: int | None = None
    name: str = ""
    posts: frozenset[HeldPost] = frozenset()
    is_system: bool = False

    @property
    def person_id(self) -> int:
        """The id of the signed-in person; whoever is nobody is refused."""
        if self.user_id is None:
            raise PermissionDenied("signed out")
        return self.user_id

    def scopes(self, role: str, scope: str) -> frozenset[int | None]:
        """Ids of the scopes of kind ``scope`` held with ``role``; None stands for the country."""
        return frozenset(
            None if post.scope == COUNTRY else post.scope_id
            for post in self.posts
            if post.role == role and post.scope in {scope, COUNTRY}
        )

    def holds(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts)


SYSTEM = Actor(name="Σύστημα", is_system=True)
NOBODY = Actor()


class Rule(ABC):
    """One way of being allowed; ``|`` and ``&`` combine."""

    @abstractmethod
    def allows(self, actor: Actor, thing: Any) -> bool:
        """Whether the actor may touch this object."""

    @abstractmethod
    def q(self, actor: Actor) -> Q:
        """Which rows the actor may touch."""

    @abstractmethod
    def in_words(self) -> str:
        """Who that is, for the permission matrix."""

    def leaves(self) -> Iterator[Rule]:
        yield self

    def __or__(self, other: Rule) -> Rule:
        return AnyOf((self, other))

    def __and__(self, other: Rule) -> Rule:
        return AllOf((self, other))


@dataclass(frozen=True)
class AnyOf(Rule):
    rules: tuple[Rule, ...]

    def allows(self, actor: Actor, thing: Any) -> bool:
        return any(rule.allows(actor, thing) for rule in self.rules)

    def q(self, actor: Actor) -> Q:
        parts = [part for rule in self.rules if (part := rule.q(actor)) != NOTHING]
        if EVERYTHING in parts:
            return EVERYTHING
        return reduce(or_, parts) if parts else NOTHING

    def in_words(self) -> str:
        return " ή ".join(rule.in_words() for rule in self.rules)

    def leaves(self) -> Iterator[Rule]:
        for rule in self.rules:
            yield from rule.leaves()


@dataclass(frozen=True)
class AllOf(Rule):
    rules: tuple[Rule, ...]

    def allows(self, actor: Actor, thing: Any) -> bool:
        return all(rule.allows(actor, thing) for rule in self.rules)

    def q(self, actor: Actor) -> Q:
        parts = [part for rule in self.rules if (part := rule.q(actor)) != EVERYTHING]
        if NOTHING in parts:
            return NOTHING
        return reduce(and_, parts) if parts else EVERYTHING

    def in_words(self) -> str:
        return " και ".join(f"({rule.in_words()})" for rule in self.rules)

    def leaves(self) -> Iterator[Rule]:
        for rule in self.rules:
            yield from rule.leaves()


def reach(thing: Any, path: str) -> list[Any]:
    """Every value that ``path`` leads to, through single and many-valued relations."""
    found = [thing]
    for name in path.split("__"):
        stepped: list[Any] = []
        for item in found:
            value = getattr(item, name, None)
            if isinstance(value, Manager):
                stepped.extend(value.all())
            elif value is not None:
                stepped.append(value)
        found = stepped
    return found


@dataclass(frozen=True)
class Own(Rule):
    """The object belongs to the actor: ``path`` leads to the owner's id."""

    path: str

    def allows(self, actor: Actor, thing: Any) -> bool:
        return actor.user_id is not None and actor.user_id in reach(thing, self.path)

    def q(self, actor: Actor) -> Q:
        return NOTHING if actor.user_id is None else Q(**{self.path: actor.user_id})

    def in_words(self) -> str:
        return "το πρόσωπο που αφορά"


@dataclass(frozen=True)
class Holds(Rule):
    """The actor holds ``role`` over the scope of kind ``scope`` whose id is at ``within``.

    Without ``within`` only a post over the whole country counts, unless ``anywhere`` is set:
    then any post of that role does (for pages that are about no object).
    """

    role: str
    scope: str = COUNTRY
    within: str = ""
    anywhere: bool = False

    def allows(self, actor: Actor, thing: Any) -> bool:
        if self.anywhere:
            return actor.holds(self.role)
        scopes = actor.scopes(self.role, self.scope)
        if None in scopes:
            return True
        return bool(scopes and self.within) and not scopes.isdisjoint(reach(thing, self.within))

    def q(self, actor: Actor) -> Q:
        if self.anywhere:
            return EVERYTHING if actor.holds(self.role) else NOTHING
        scopes = actor.scopes(self.role, self.scope)
        if None in scopes:
            return EVERYTHING
        return Q(**{f"{self.within}__in": scopes}) if scopes and self.within else NOTHING

    def in_words(self) -> str:
        where = {
            COUNTRY: "",
            "body": " του φορέα",
            "centre": " του Κ.Σ.Ε.",
            "course": " του αντικειμένου",
        }
        return self.role + where.get(self.scope, " της περιοχής" if self.within else "")


@dataclass(frozen=True)
class InState(Rule):
    """The object, or what ``path`` leads to, is in one of ``states``."""

    states: frozenset[str]
    path: str = "state"

    def allows(self, _actor: Actor, thing: Any) -> bool:
        return not self.states.isdisjoint(reach(thing, self.path))

    def q(self, _actor: Actor) -> Q:
        return Q(**{f"{self.path}__in": self.states})

    def in_words(self) -> str:
        return "κατάσταση " + ", ".join(sorted(self.states))


@dataclass(frozen=True)
class Everyone(Rule):
    """Anybody, signed in or not: what is public."""

    def allows(self, _actor: Actor, _thing: Any) -> bool:
        return True

    def q(self, _actor: Actor) -> Q:
        return EVERYTHING

    def in_words(self) -> str:
        return "όλοι"


@dataclass(frozen=True)
class SignedIn(Rule):
    """Any person with an account."""

    def allows(self, actor: Actor, _thing: Any) -> bool:
        return actor.user_id is not None

    def q(self, actor: Actor) -> Q:
        return NOTHING if actor.user_id is None else EVERYTHING

    def in_words(self) -> str:
        return "κάθε συνδεδεμένο πρόσωπο"


@dataclass(frozen=True)
class BySystem(Rule):
    """Only the platform itself: timed steps and reactions."""

    def allows(self, actor: Actor, _thing: Any) -> bool:
        return actor.is_system

    def q(self, actor: Actor) -> Q:
        return EVERYTHING if actor.is_system else NOTHING

    def in_words(self) -> str:
        return "το σύστημα"


@dataclass
class Register:
    """All permissions of the platform, by name ``object.act``."""

    rules: dict[str, Rule] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def declare(self, permission: str, rule: Rule, title: str = "") -> str:
        if permission in self.rules:
            raise ValueError(f"{permission} is declared twice")
        self.rules[permission] = rule
        self.titles[permission] = title
        return permission


register = Register()
declare = register.declare


def allowed(actor: Actor, permission: str, thing: Any = None) -> bool:
    """Whether ``actor`` may do ``permission`` to ``thing`` (None: where it is about no object)."""
    return register.rules[permission].allows(actor, thing)


def require(actor: Actor, permission: str, thing: Any = None) -> None:
    """Raise PermissionDenied unless allowed; the platform itself may take every step."""
    if not (actor.is_system or allowed(actor, permission, thing)):
        raise PermissionDenied(permission)


def visible(actor: Actor, permission: str, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows to which ``actor`` may do ``permission``, each once, without joins outside.

    Where the posts alone say no, nothing is asked of the database.
    """
    condition = register.rules[permission].q(actor)
    if condition in (EVERYTHING, NOTHING):
        return rows.filter(condition)
    entitled = rows.model._base_manager.filter(condition, pk=OuterRef("pk"))  # noqa: SLF001
    return rows.filter(Exists(entitled))


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission that a view declares (see ``kernel.web``), None when it declares none."""
    return getattr(view, "permission", None)
