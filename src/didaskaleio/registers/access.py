"""Access (δικαιώματα) of room registers: who keeps calls and registers; a body sees its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from didaskaleio.kernel.access import (
    NOTHING,
    Actor,
    BySystem,
    Holds,
    InState,
    Own,
    Rule,
    SignedIn,
    declare,
    reach,
)
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.enums import PASSED, RECEIVED, CallState

ANNOUNCED = frozenset({CallState.PUBLISHED, *PASSED, CallState.REVOKED})
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="body_id"
)
OFFICERS = (Role.BODY_OFFICER, Role.BODY_HEAD)


@dataclass(frozen=True)
class Received(Rule):
    """An officer of the body to whose call a candidacy was submitted, once the deadline passed.

    ``path`` leads to the candidacies; one and the same must fulfil all of it: a document given to
    two bodies opens to each only by its own call.
    """

    path: str = ""

    def allows(self, actor: Actor, thing: Any) -> bool:
        bodies = _bodies(actor)
        found = reach(thing, self.path) if self.path else [thing]
        return any(
            one.state in RECEIVED and one.call.state in PASSED and one.call.body_id in bodies
            for one in found
        )

    def q(self, actor: Actor) -> Q:
        bodies = _bodies(actor)
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

    def allows(self, actor: Actor, thing: Any) -> bool:
        return actor.user_id is not None and thing.person_id != actor.user_id

    def q(self, actor: Actor) -> Q:
        return NOTHING if actor.user_id is None else ~Q(person_id=actor.user_id)

    def in_words(self) -> str:
        return "όχι το πρόσωπο που αφορά"


def _bodies(actor: Actor) -> frozenset[int]:
    held = (actor.scopes(role, Scope.BODY) for role in OFFICERS)
    return frozenset(pk for scopes in held for pk in scopes if pk is not None)


KEEPER = Holds(Role.BODY_OFFICER, Scope.BODY, within="register__body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="register__body_id"
)
DECIDER = Holds(Role.BODY_OFFICER, Scope.BODY, within="membership__register__body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="membership__register__body_id"
)

declare(
    "register.define",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "ανοίγει μητρώα του φορέα",
)
declare("register.manage", OFFICER, "ορίζει στοιχεία και διαδικασίες μητρώου, εντάσσει μέλη")
declare("membership.keep", KEEPER, "ανανεώνει, αναστέλλει και διαγράφει μέλος, αλλάζει στοιχεία")
declare("membership.own", Own("person_id"), "προτείνει μεταβολή των στοιχείων του, αποχωρεί")
declare("membership.page", KEEPER | Own("person_id"), "τα στοιχεία ενός μέλους μητρώου")
declare("membership.settle", BySystem(), "υπενθύμιση και λήξη ισχύος με το ρολόι")
declare("proposal.decide", DECIDER, "αποφασίζει για μεταβολή στοιχείων")
declare("proposal.own", Own("membership__person_id"), "αποσύρει μεταβολή που πρότεινε")
declare("proposal.page", DECIDER | Own("membership__person_id"), "μια πρόταση μεταβολής")
declare(
    "call.desk",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "οι προσκλήσεις του φορέα",
)
declare("call.manage", OFFICER, "συντάσσει, δημοσιεύει, τροποποιεί και ανακαλεί πρόσκληση")
declare("call.page", InState(ANNOUNCED), "δημόσια σελίδα πρόσκλησης")
declare("call.paper", InState(ANNOUNCED) | OFFICER, "τα έγγραφα πρόσκλησης")
declare("call.follow", InState(ANNOUNCED) & SignedIn(), "ειδοποιήσεις για μια πρόσκληση")
declare("call.settle", BySystem(), "λήξη της προθεσμίας με το ρολόι")
declare("call.apply", InState(ANNOUNCED) & SignedIn(), "υποψηφιότητα σε πρόσκληση")
declare("candidacy.mine", SignedIn(), "οι υποψηφιότητές μου και ο φάκελός μου")
declare("candidacy.write", Own("person_id"), "οι πράξεις της δικής μου υποψηφιότητας")
declare("candidacy.read", Own("person_id") | Received(), "προβολή υποψηφιότητας με όνομα")
declare("candidacy.check", Received() & OfSomebodyElse(), "έλεγχος πληρότητας υποψηφιότητας")
declare("candidacy.settle", BySystem(), "λήξη της προθεσμίας συμπλήρωσης με το ρολόι")
declare("submission.own", Own("candidacy__person_id"), "η απόδειξη της υποψηφιότητάς μου")
declare("evidence.own", Own("person_id"), "ο φάκελος δικαιολογητικών μου")
declare(
    "evidence.read",
    Own("person_id") | Received("uses__submission__current_of"),
    "προβολή δικαιολογητικού",
)
