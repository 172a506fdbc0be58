"""Access (δικαιώματα) of room small_actions: who organises, who approves, who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from didaskaleio.directory import enums as directory
from didaskaleio.directory.access import keeper
from didaskaleio.directory.models import Term
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
from didaskaleio.small_actions.enums import PUBLISHED, SmallActionState


@dataclass(frozen=True)
class Serves(Rule):
    """The actor serves a term of office in the structure whose id is at ``path``."""

    path: str

    def allows(self, actor: Actor, thing: Any) -> bool:
        if actor.user_id is None:
            return False
        return _terms(actor).filter(office__structure_id__in=reach(thing, self.path)).exists()

    def q(self, actor: Actor) -> Q:
        if actor.user_id is None:
            return NOTHING
        return Q(**{f"{self.path}__in": _terms(actor).values("office__structure_id")})

    def in_words(self) -> str:
        return "όποιος έχει θητεία στη δομή"


def _terms(actor: Actor) -> QuerySet[Term]:
    return Term.objects.filter(person_id=actor.person_id, state__in=directory.STANDING)


def _centre(key: str, path: str) -> Rule:
    """Manager and staff of the centre; officers of its body and of its region."""
    found: Rule = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within=key)
    found |= Holds(Role.CENTRE_STAFF, Scope.CENTRE, within=key)
    for role in (Role.BODY_OFFICER, Role.BODY_HEAD):
        found |= Holds(role, Scope.BODY, within=f"{path}body_id")
    return found | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{path}region_id")


def _keepers(path: str) -> Rule:
    """Whoever organises the action that ``path`` leads to."""
    structure = keeper(f"{path}structure__") | Serves(f"{path}structure_id")
    return structure | _centre(f"{path}centre_id", f"{path}centre__")


def _approvers(path: str) -> Rule:
    """Officers of the body that answers for the action, of its region, and the ministry."""
    found: Rule = Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{path}prefecture__region_id")
    for role in (Role.BODY_OFFICER, Role.BODY_HEAD):
        found |= Holds(role, Scope.BODY, within=f"{path}body_id")
    return found | Holds(Role.MINISTRY_OFFICER)


WATCHERS: tuple[str, ...] = (
    Role.CENTRE_MANAGER,
    Role.CENTRE_STAFF,
    Role.BODY_OFFICER,
    Role.BODY_HEAD,
    Role.REGIONAL_OFFICER,
    Role.MINISTRY_OFFICER,
)
REPORTED: Rule = Holds(WATCHERS[0], anywhere=True)
for _role in WATCHERS[1:]:
    REPORTED |= Holds(_role, anywhere=True)
KEEP, APPROVE = _keepers(""), _approvers("")

declare("structure.organise", keeper() | Serves("pk"), "οργανώνει μικρές δράσεις στη δομή")
declare("centre.organise", _centre("pk", ""), "οργανώνει μικρές δράσεις στο κέντρο")
declare("small_action.catalogue", SignedIn(), "ο κατάλογος με ημερίδες και εργαστήρια")
declare("small_action.desk", SignedIn(), "οι μικρές δράσεις που οργανώνει ή εγκρίνει")
declare("small_action.keep", KEEP, "συντάσσει, δημοσιεύει και ματαιώνει μικρή δράση")
declare("small_action.approve", APPROVE, "εγκρίνει, επιστρέφει ή ξανανοίγει μικρή δράση")
declare(
    "small_action.see",
    (SignedIn() & InState(frozenset(PUBLISHED))) | KEEP | APPROVE,
    "η σελίδα μιας μικρής δράσης",
)
declare(
    "small_action.register",
    Holds(Role.TEACHER, anywhere=True) & InState(frozenset({SmallActionState.OPEN})),
    "εγγράφεται σε μικρή δράση",
)
declare("small_action.settle", BySystem(), "έναρξη μικρής δράσης με το ρολόι")
declare("small_action.report", REPORTED, "αναφορές μικρών δράσεων")
declare("seat.own", Own("person_id"), "η δική μου θέση σε μικρή δράση")
declare("seat.mark", _keepers("action__"), "σημειώνει παρουσίες σε μικρή δράση")
declare(
    "seat.read",
    Own("person_id") | _keepers("action__") | _approvers("action__"),
    "η βεβαίωση συμμετοχής σε μικρή δράση",
)
declare("seat.settle", BySystem(), "η σειρά αναμονής και η ματαίωση προχωρούν μόνες τους")
