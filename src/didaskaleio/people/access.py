"""Access (δικαιώματα) of room people: who sees a record, who sees, grants and withdraws posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from didaskaleio.kernel.access import NOTHING, Actor, Holds, Own, Rule, SignedIn, declare, reach
from didaskaleio.people.enums import Role, Scope

# kind of scope → the ids of the scopes of that kind that belong to some bodies (see scopes)
belonging: dict[str, Callable[[frozenset[int | None]], Any]] = {Scope.BODY: lambda bodies: bodies}


@dataclass(frozen=True)
class OverBody(Rule):
    """The actor holds ``role`` in the body to which the post at ``path`` belongs.

    A post over a body belongs to it; one over a centre or a course belongs to the body of that.
    With ``kinds`` only posts over scopes of those kinds count.
    """

    role: str
    path: str = ""
    kinds: tuple[str, ...] = ()

    def allows(self, actor: Actor, thing: Any) -> bool:
        bodies = actor.scopes(self.role, Scope.BODY)
        posts = getattr(thing, self.path).all() if self.path else [thing]
        return bool(bodies) and any(
            post.scope in (self.kinds or belonging) and _belongs(post, bodies) for post in posts
        )

    def q(self, actor: Actor) -> Q:
        bodies = actor.scopes(self.role, Scope.BODY)
        before = f"{self.path}__" if self.path else ""
        found = NOTHING
        for kind, scopes_of in belonging.items() if bodies else ():
            if self.kinds and kind not in self.kinds:
                continue
            found |= Q(**{f"{before}scope": kind, f"{before}scope_id__in": scopes_of(bodies)})
        return found

    def in_words(self) -> str:
        where = " (μόνο θέσεις σε Κ.Σ.Ε. και αντικείμενα)" if self.kinds else ""
        return f"{self.role} του φορέα στον οποίο ανήκει η θέση{where}"


def _belongs(post: Any, bodies: frozenset[int | None]) -> bool:
    scopes_of = belonging.get(post.scope)
    if scopes_of is None or post.scope_id is None:
        return False
    scopes = scopes_of(bodies)
    return bool(
        post.scope_id in scopes
        if isinstance(scopes, frozenset)
        else scopes.filter(pk=post.scope_id).exists()
    )


EVERYWHERE = Holds(Role.OPERATOR) | Holds(Role.MINISTRY_OFFICER)
HEADS = OverBody(Role.BODY_HEAD)
# an officer fills the teams of these scopes; who acts for the body is the head's to say
TEAMS = (Scope.CENTRE, Scope.COURSE, Scope.CALL, Scope.REGISTER)
OFFICERS = OverBody(Role.BODY_OFFICER, kinds=TEAMS)
SCHOOLS = "teacher__services__school"

declare("profile.view", SignedIn(), "το προφίλ μου")
declare(
    "rights.open",
    EVERYWHERE
    | Holds(Role.BODY_HEAD, Scope.BODY, anywhere=True)
    | Holds(Role.BODY_OFFICER, Scope.BODY, anywhere=True),
    "οθόνη δικαιωμάτων",
)
declare(
    "post.view",
    Own("person_id") | EVERYWHERE | HEADS | OverBody(Role.BODY_OFFICER),
    "προβολή θέσης ευθύνης",
)
declare("post.grant", EVERYWHERE | HEADS | OFFICERS, "απόδοση δικαιώματος")
declare("post.withdraw", EVERYWHERE | HEADS | OFFICERS, "αφαίρεση δικαιώματος")
declare(
    "person.view_record",
    Own("pk")
    | EVERYWHERE
    | OverBody(Role.BODY_HEAD, "posts")
    | OverBody(Role.BODY_OFFICER, "posts")
    | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{SCHOOLS}__region_id")
    | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within=f"{SCHOOLS}__directorate_id"),
    "προβολή στοιχείων και εγγράφων προσώπου",
)
declare("identifier.set", Own("pk") | EVERYWHERE, "καταχώριση αναγνωριστικού")
declare("account.open", Holds(Role.OPERATOR), "νέος λογαριασμός και πρόσκληση")
declare(
    "account.open_guest",
    EVERYWHERE
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.REGIONAL_OFFICER, anywhere=True),
    "λογαριασμός για πρόσωπο εκτός μητρώου εκπαιδευτικών, με θέση ορισμένου χρόνου",
)
declare("account.close", Holds(Role.OPERATOR), "κλείσιμο και άνοιγμα λογαριασμού")


@dataclass(frozen=True)
class OfBody(Rule):
    """A form of the kernel belongs to a body, not to a scope of another kind with the same id."""

    path: str
    kind: str = Scope.BODY

    def allows(self, _actor: Actor, thing: object) -> bool:
        return self.kind in reach(thing, self.path)

    def q(self, _actor: Actor) -> Q:
        return Q(**{self.path: self.kind})

    def in_words(self) -> str:
        return "ανήκει σε φορέα" if self.kind == Scope.BODY else "ανήκει στο Υπουργείο"


# the engine itself knows no roles: who composes and who publishes is said here
OFFICERS_FORM = OfBody("scope") & (
    Holds(Role.BODY_OFFICER, Scope.BODY, within="scope_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="scope_id")
)
HEADS_VERSION = OfBody("form__scope") & Holds(Role.BODY_HEAD, Scope.BODY, within="form__scope_id")
ANY_OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, anywhere=True) | Holds(
    Role.BODY_HEAD, Scope.BODY, anywhere=True
)
declare("form.pages", ANY_OFFICER, "ο κατάλογος των παραμετρικών φορμών")
declare("form.begin", ANY_OFFICER, "ανοίγει νέα φόρμα του φορέα")
declare("form.read", OFFICERS_FORM, "βλέπει κάθε έκδοση φόρμας του φορέα")
declare("form.write", OFFICERS_FORM, "συντάσσει και δοκιμάζει φόρμα του φορέα")
declare("form_version.publish", HEADS_VERSION, "δημοσιεύει και αποσύρει έκδοση φόρμας")
declare("sheet.own", Own("person_id"), "οι δικές μου απαντήσεις σε φόρμα")
OF_MINISTRY = OfBody("scope", Scope.COUNTRY) & Holds(Role.MINISTRY_OFFICER)
declare(
    "standard.pages",
    ANY_OFFICER | Holds(Role.MINISTRY_OFFICER),
    "ο κατάλογος των προτύπων και οδηγιών",
)
declare("standard.write", OFFICERS_FORM | OF_MINISTRY, "γράφει και δημοσιεύει πρότυπα και οδηγίες")
declare("standard.open", SignedIn(), "διαβάζει πρότυπα και οδηγίες")
declare("space.decide", Holds(Role.OPERATOR), "ανοίγει χώρους αντικειμένων και δράσεων")
