"""Rules (κανόνες δικαιωμάτων) on calls and candidacies: who received, who judges, who hears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from didaskaleio.kernel.access import NOTHING, Actor, Holds, Rule, reach
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post
from didaskaleio.registers.enums import LIVE, PASSED, RECEIVED, CallState, ObjectionState

ANNOUNCED = frozenset({CallState.PUBLISHED, *PASSED, CallState.REVOKED})
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="body_id"
)
STANDING = (ObjectionState.SUBMITTED, ObjectionState.DECIDED)
OFFICERS = (Role.BODY_OFFICER, Role.BODY_HEAD)


@dataclass(frozen=True)
class Received(Rule):
    """An officer of the body to whose call a candidacy was submitted, once the deadline passed.

    ``path`` leads to the candidacies; one and the same must fulfil all of it: a document given to
    two bodies opens to each only by its own call.
    """

    path: str = ""

    def allows(self, actor: Actor, thing: Any) -> bool:
        bodies = bodies_of_officer(actor)
        found = reach(thing, self.path) if self.path else [thing]
        return any(
            one.state in RECEIVED and one.call.state in PASSED and one.call.body_id in bodies
            for one in found
        )

    def q(self, actor: Actor) -> Q:
        bodies = bodies_of_officer(actor)
        before = f"{self.path}__" if self.path else ""
        wanted = {
            f"{before}state__in": RECEIVED,
            f"{before}call__state__in": PASSED,
            f"{before}call__body_id__in": bodies,
        }
        return Q(**wanted) if bodies else NOTHING

    def in_words(self) -> str:
        return "body_officer ή body_head του φορέα, μετά τη λήξη της προθεσμίας"


@dataclass(frozen=True)
class OfSomebodyElse(Rule):
    """Nobody decides on a candidacy of one's own."""

    path: str = "person_id"

    def allows(self, actor: Actor, thing: Any) -> bool:
        return actor.user_id is not None and actor.user_id not in reach(thing, self.path)

    def q(self, actor: Actor) -> Q:
        return NOTHING if actor.user_id is None else ~Q(**{self.path: actor.user_id})

    def in_words(self) -> str:
        return "όχι το πρόσωπο που αφορά"


@dataclass(frozen=True)
class Hears(Rule):
    """The committee of objections of a call, on candidacies with an objection that stands.

    Whoever was ever an assessor of the call decides on none of them; ``path`` leads to the
    candidacies.
    """

    path: str = ""
    states: tuple[str, ...] = STANDING

    def allows(self, actor: Actor, thing: Any) -> bool:
        calls = _heard_calls(actor)
        found = reach(thing, self.path) if calls and self.path else [thing]
        return bool(calls) and any(
            one.call_id in calls and one.objections.filter(state__in=self.states).exists()
            for one in found
        )

    def q(self, actor: Actor) -> Q:
        calls = _heard_calls(actor)
        before = f"{self.path}__" if self.path else ""
        wanted = {f"{before}call__in": calls, f"{before}objections__state__in": self.states}
        return Q(**wanted) if calls else NOTHING

    def in_words(self) -> str:
        return "objection_committee της πρόσκλησης που δεν αξιολόγησε σε αυτήν"


def _heard_calls(actor: Actor) -> frozenset[int]:
    held = {pk for pk in actor.scopes(Role.OBJECTION_COMMITTEE, Scope.CALL) if pk is not None}
    if not held:
        return frozenset()
    judged = Post.objects.filter(
        person=actor.user_id, role=Role.ASSESSOR, scope=Scope.CALL, scope_id__in=held
    )
    return frozenset(held - set(judged.values_list("scope_id", flat=True)))


def bodies_of_officer(actor: Actor) -> frozenset[int]:
    """The bodies for which ``actor`` acts."""
    held = (actor.scopes(role, Scope.BODY) for role in OFFICERS)
    return frozenset(pk for scopes in held for pk in scopes if pk is not None)


KEEPERS = (*OFFICERS, Role.REGISTRAR)


@dataclass(frozen=True)
class Judges(Rule):
    """Whoever assesses a candidacy, or settles its reconciliation, while the call is assessed.

    The right to the call (assessor) must still be held; ``path`` leads to the candidacies.
    """

    path: str = ""

    def allows(self, actor: Actor, thing: Any) -> bool:
        calls = actor.scopes(Role.ASSESSOR, Scope.CALL)
        found = reach(thing, self.path) if self.path else [thing]
        return any(
            one.call_id in calls
            and one.call.state == CallState.ASSESSING
            and _judged_by(one, actor)
            for one in found
        )

    def q(self, actor: Actor) -> Q:
        calls = actor.scopes(Role.ASSESSOR, Scope.CALL)
        if not calls:
            return NOTHING
        before = f"{self.path}__" if self.path else ""
        call = {f"{before}call__in": calls, f"{before}call__state": CallState.ASSESSING}
        mine = {
            f"{before}assessments__person": actor.user_id,
            f"{before}assessments__state__in": LIVE,
        }
        return Q(**call) & (Q(**mine) | Q(**{f"{before}reconciliation__arbiter": actor.user_id}))

    def in_words(self) -> str:
        return "assessor της υποψηφιότητας, όσο η πρόσκληση αξιολογείται"


def _judged_by(candidacy: Any, actor: Actor) -> bool:
    held = candidacy.assessments.filter(person_id=actor.user_id, state__in=LIVE)
    reconciliation = getattr(candidacy, "reconciliation", None)
    third = reconciliation is not None and reconciliation.arbiter_id == actor.user_id
    return bool(third or held.exists())
