"""Access (δικαιώματα) of room registers: who keeps calls and registers; a body sees its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.access import (
    NOTHING,
    Actor,
    AnyOf,
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
from didaskaleio.people.models import Post
from didaskaleio.registers.enums import (
    LIVE,
    PASSED,
    RECEIVED,
    CallState,
    ObjectionState,
    OfferState,
    TenderState,
)

ANNOUNCED = frozenset({CallState.PUBLISHED, *PASSED, CallState.REVOKED})
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="body_id"
)
TAUGHT = ("attendance", "certificate")  # kinds of credentials that a trained person holds
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


@dataclass(frozen=True)
class TrainedBy(Rule):
    """An officer of a body that has issued something to the person."""

    def allows(self, actor: Actor, thing: Any) -> bool:
        bodies = bodies_of_officer(actor)
        return bool(bodies) and _issued(bodies).filter(person_id=thing.pk).exists()

    def q(self, actor: Actor) -> Q:
        bodies = bodies_of_officer(actor)
        return Q(pk__in=_issued(bodies).values("person")) if bodies else NOTHING

    def in_words(self) -> str:
        return "body_officer ή body_head του φορέα που το επιμόρφωσε"


def _issued(bodies: frozenset[int]) -> QuerySet[Credential]:
    return Credential.objects.filter(body__in=bodies, kind__in=TAUGHT)


def _kept(before: str) -> Rule:
    """Who keeps a register: its body's officers, its registrar or the one of what it is part of."""
    return (
        Holds(Role.BODY_OFFICER, Scope.BODY, within=f"{before}body_id")
        | Holds(Role.BODY_HEAD, Scope.BODY, within=f"{before}body_id")
        | Holds(Role.REGISTRAR, Scope.BODY, within=f"{before}body_id")
        | Holds(Role.REGISTRAR, Scope.REGISTER, within=f"{before}id")
        | Holds(Role.REGISTRAR, Scope.REGISTER, within=f"{before}parent_id")
    )


KEEPER = _kept("register__")
DECIDER = _kept("membership__register__")
CENTRE_KEEPER = OFFICER | Holds(Role.REGISTRAR, Scope.BODY, within="body_id")
OF_CENTRE = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="pk")
ROOM_DECIDER = (
    Holds(Role.BODY_OFFICER, Scope.BODY, within="centre__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="centre__body_id")
    | Holds(Role.REGISTRAR, Scope.BODY, within="centre__body_id")
)
ROOM_OWNER = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
KEEPERS = (*OFFICERS, Role.REGISTRAR)

declare(
    "centre.desk",
    AnyOf(
        tuple(
            Holds(role, anywhere=True)
            for role in (
                *KEEPERS,
                Role.MINISTRY_OFFICER,
                Role.REGIONAL_OFFICER,
                Role.CENTRE_MANAGER,
                Role.CENTRE_STAFF,
            )
        )
    ),
    "ο κατάλογος του μητρώου Κ.Σ.Ε.",
)
declare(
    "centre.define",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.REGISTRAR, anywhere=True),
    "καταχωρίζει νέο Κ.Σ.Ε. του φορέα",
)
declare(
    "centre.read",
    CENTRE_KEEPER
    | Holds(Role.MINISTRY_OFFICER)
    | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="region_id")
    | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within="directorate_id")
    | OF_CENTRE
    | Holds(Role.CENTRE_STAFF, Scope.CENTRE, within="pk"),
    "η καρτέλα ενός Κ.Σ.Ε. στο μητρώο",
)
declare("centre.keep", CENTRE_KEEPER, "στοιχεία, πράξεις έγκρισης και επισκέψεις ενός Κ.Σ.Ε.")
declare("centre.rooms", CENTRE_KEEPER | OF_CENTRE, "γράφει ή προτείνει τις αίθουσες ενός Κ.Σ.Ε.")
declare("centre.update", OF_CENTRE, "προτείνει μεταβολή στις αίθουσες του Κ.Σ.Ε.")
declare("room_proposal.decide", ROOM_DECIDER, "αποφασίζει για μεταβολή αίθουσας Κ.Σ.Ε.")
declare("room_proposal.own", ROOM_OWNER, "αποσύρει μεταβολή αίθουσας που πρότεινε το Κ.Σ.Ε.")
declare("room_proposal.page", ROOM_DECIDER | ROOM_OWNER, "μια μεταβολή αίθουσας Κ.Σ.Ε.")
declare(
    "register.define",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "ανοίγει μητρώα του φορέα",
)
declare("register.manage", _kept(""), "ορίζει στοιχεία και διαδικασίες μητρώου, εντάσσει μέλη")
declare("membership.keep", KEEPER, "ανανεώνει, αναστέλλει και διαγράφει μέλος, αλλάζει στοιχεία")
declare(
    "membership.desk",
    AnyOf(tuple(Holds(role, anywhere=True) for role in (*KEEPERS, Role.PLANNER))),
    "αναφορές και αναζήτηση στα μέλη των μητρώων",
)
declare(
    "membership.find",
    KEEPER | Holds(Role.PLANNER, Scope.BODY, within="register__body_id"),
    "βρίσκει μέλη μητρώων του φορέα με τα στοιχεία τους",
)
declare("member_import.keep", KEEPER, "εισάγει μέλη στο μητρώο από αρχείο και τα αναιρεί")
declare("membership.own", Own("person_id"), "προτείνει μεταβολή των στοιχείων του, αποχωρεί")
declare("membership.page", KEEPER | Own("person_id"), "τα στοιχεία ενός μέλους μητρώου")
declare("membership.settle", BySystem(), "υπενθύμιση και λήξη ισχύος με το ρολόι")
declare("proposal.decide", DECIDER, "αποφασίζει για μεταβολή στοιχείων")
declare("proposal.own", Own("membership__person_id"), "αποσύρει μεταβολή που πρότεινε")
declare("proposal.page", DECIDER | Own("membership__person_id"), "μια πρόταση μεταβολής")
SERVES = "teacher__services__school"
WHOLE_RECORD = (
    Own("pk")
    | Holds(Role.MINISTRY_OFFICER)
    | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{SERVES}__region_id")
    | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within=f"{SERVES}__directorate_id")
)
declare(
    "teacher_record.desk",
    AnyOf(
        tuple(
            Holds(role, anywhere=True)
            for role in (*OFFICERS, Role.MINISTRY_OFFICER, Role.REGIONAL_OFFICER)
        )
    ),
    "αναζήτηση στο μητρώο επιμορφωμένων και πιστοποιημένων εκπαιδευτικών",
)
declare("teacher_record.own", SignedIn(), "ο δικός μου φάκελος επιμορφώσεων και πιστοποιήσεων")
declare("teacher_record.read", WHOLE_RECORD | TrainedBy(), "ο φάκελος ενός εκπαιδευτικού")
declare("teacher_record.whole", WHOLE_RECORD, "ολόκληρος ο φάκελος, από κάθε φορέα")
declare(
    "teacher_record.every",
    Holds(Role.MINISTRY_OFFICER, anywhere=True) | Holds(Role.REGIONAL_OFFICER, anywhere=True),
    "μετρά βεβαιώσεις κάθε φορέα στον κατάλογο του μητρώου",
)
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
declare(
    "standing.page",
    Own("candidacy__person_id") | Received("candidacy"),
    "πώς στέκεται μια υποψηφιότητα σε πίνακα",
)
declare("candidacy.settle", BySystem(), "λήξη της προθεσμίας συμπλήρωσης με το ρολόι")
declare("submission.own", Own("candidacy__person_id"), "η απόδειξη της υποψηφιότητάς μου")
declare("evidence.own", Own("person_id"), "ο φάκελος δικαιολογητικών μου")


# Assessment ---------------------------------------------------------------------------------------


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


ASSESSOR = Holds(Role.ASSESSOR, Scope.CALL, within="call_id")
NOW = InState(frozenset({CallState.ASSESSING}), "call__state")
OF_CALL = Holds(Role.BODY_OFFICER, Scope.BODY, within="call__body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="call__body_id"
)
declare("assessment.desk", Holds(Role.ASSESSOR, anywhere=True), "οι υποψηφιότητες που αξιολογώ")
declare(
    "assessment.own",
    Own("person_id") & InState(frozenset(LIVE)) & ASSESSOR & NOW,
    "βλέπει υποψηφιότητα που του ανατέθηκε, όσο αξιολογείται",
)
declare("assessment.judge", Own("person_id") & ASSESSOR, "κρίνει υποψηφιότητα που του ανατέθηκε")
declare("assessment.release", OF_CALL, "ανακαλεί ανάθεση αξιολόγησης")
declare("candidacy.assign", Received() & OfSomebodyElse(), "ορίζει αξιολογητές, συγκρούσεις")
declare("candidacy.assess", BySystem(), "ολοκλήρωση της αξιολόγησης, όταν συμφωνούν όλοι")
declare("reconciliation.settle", Judges("candidacy"), "συμφωνεί με τον άλλο αξιολογητή")
declare(
    "reconciliation.arbitrate", Own("arbiter_id") & ASSESSOR & NOW, "αποφασίζει ως τρίτο πρόσωπο"
)
declare("reconciliation.name", OF_CALL, "ορίζει τρίτο πρόσωπο που αποφασίζει")
declare(
    "evidence.read",
    Own("person_id")
    | Received("uses__submission__current_of")
    | Received("objected__objection__candidacy")
    | (Hears("uses__submission__current_of") & OfSomebodyElse())
    | (Hears("objected__objection__candidacy") & OfSomebodyElse())
    | Judges("uses__submission__current_of"),
    "προβολή δικαιολογητικού",
)
declare("objection.own", Own("candidacy__person_id"), "αποσύρει την ένστασή του, η απόδειξή της")
HEARD = Hears("candidacy", tuple(ObjectionState.values)) & OfSomebodyElse("candidacy__person_id")
AWAITED = Received("candidacy") & OfSomebodyElse("candidacy__person_id")
declare("objection.decide", HEARD, "αποφασίζει για ένσταση")
declare("objection.read", HEARD | AWAITED, "οι ενστάσεις των άλλων")
declare("objection.page", Own("candidacy__person_id") | HEARD | AWAITED, "μια ένσταση")
declare(
    "objection.desk",
    Holds(Role.OBJECTION_COMMITTEE, anywhere=True)
    | Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True),
    "ο κατάλογος των ενστάσεων",
)
declare(
    "candidacy.hear",
    Hears() & OfSomebodyElse(),
    "επαναφέρει ή αποκλείει υποψηφιότητα μετά από ένσταση",
)

# before the opening nobody reads an offer but the centre that made it
UNSEALED = frozenset({TenderState.OPENED, TenderState.AWARDED, TenderState.CONTRACTED})
SHOWN_TENDERS = frozenset({*TenderState} - {TenderState.DRAFT})
SENT_OFFERS = frozenset({*OfferState} - {OfferState.DRAFT})
OFFERER = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
JUDGE = (
    Holds(Role.BODY_OFFICER, Scope.BODY, within="tender__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="tender__body_id")
) & InState(UNSEALED, "tender__state")
declare(
    "tender.desk",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "οι διαγωνισμοί του φορέα",
)
declare("tender.manage", OFFICER, "συντάσσει και δημοσιεύει διαγωνισμό, αποσφραγίζει, κατακυρώνει")
declare("tender.page", InState(SHOWN_TENDERS), "δημόσια σελίδα διαγωνισμού")
declare("tender.paper", InState(SHOWN_TENDERS) | OFFICER, "τα έγγραφα διαγωνισμού")
declare("tender.settle", BySystem(), "λήξη της προθεσμίας προσφορών με το ρολόι")
declare(
    "tender.offer",
    InState(SHOWN_TENDERS) & Holds(Role.CENTRE_MANAGER, anywhere=True),
    "προσφορά σε διαγωνισμό",
)
declare("offer.write", OFFERER, "συντάσσει, υποβάλλει και ανακαλεί την προσφορά του κέντρου")
declare("offer.judge", JUDGE & InState(SENT_OFFERS), "κρίνει προσφορές μετά την αποσφράγιση")
declare("offer.read", OFFERER | (JUDGE & InState(SENT_OFFERS)), "βλέπει προσφορά και έγγραφα")
declare("offer.settle", BySystem(), "ανάδειξη με την απόφαση κατακύρωσης")
