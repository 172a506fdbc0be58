"""Who may do what to actions, periods and programmes."""

from __future__ import annotations

from didaskaleio.kernel.access import (
    BySystem,
    Holds,
    InState,
    Own,
    Rule,
    SignedIn,
    declare,
)
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.enums import PeriodState, ProgrammeState

PUBLIC_STATES = frozenset(
    str(state)
    for state in ProgrammeState
    if state not in {"draft", "submitted", "returned", "checked", "approved", "rejected"}
)
SENT_STATES = frozenset(str(state) for state in ProgrammeState if state != "draft")
OPEN_TO_CHANGES = frozenset({str(ProgrammeState.DRAFT), str(ProgrammeState.RETURNED)})


def officers(within: str) -> Rule:
    """Officers and head of the body whose id is at ``within``."""
    return Holds(Role.BODY_OFFICER, Scope.BODY, within=within) | Holds(
        Role.BODY_HEAD, Scope.BODY, within=within
    )


def body(within: str) -> Rule:
    """Everybody of the body who works on programmes: officers, head, planners."""
    return officers(within) | Holds(Role.PLANNER, Scope.BODY, within=within)


MINISTRY = Holds(Role.MINISTRY_OFFICER)
CENTRE = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
CENTRE_PEOPLE = CENTRE | Holds(Role.CENTRE_STAFF, Scope.CENTRE, within="centre_id")
REGION = Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="centre__region_id") | Holds(
    Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within="centre__directorate_id"
)
TRAINER = Own("trainer_id")
OF_BODY = "period__action__body_id"
SUPERVISED = (body(OF_BODY) | REGION | MINISTRY) & InState(SENT_STATES)
READERS = CENTRE_PEOPLE | TRAINER | SUPERVISED | Own("slots__trainer_id")

declare("action.begin", officers("id"), "νέα επιμορφωτική δράση του φορέα")
declare("action.read", body("body_id") | MINISTRY, "βλέπει την επιμορφωτική δράση")
declare("action.manage", officers("body_id"), "διαχειρίζεται την επιμορφωτική δράση")
declare("action.by_system", BySystem(), "αυτόματα βήματα της δράσης")

declare("period.read", body("action__body_id") | MINISTRY, "βλέπει τη σελίδα της περιόδου")
declare("period.manage", officers("action__body_id"), "διαχειρίζεται την περίοδο")
declare("period.draw", officers("action__body_id"), "διενεργεί την κλήρωση της περιόδου")
declare("period.by_clock", BySystem(), "χρονικά βήματα της περιόδου")
declare(
    "period.propose",
    Holds(Role.CENTRE_MANAGER, anywhere=True) & InState(frozenset({str(PeriodState.PROPOSING)})),
    "καταθέτει προτάσεις στην περίοδο",
)

declare("regulation.accept", SignedIn(), "αποδέχεται το Κανονιστικό Πλαίσιο")

declare("centre.propose", Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="id"), "νέα πρόταση")
declare(
    "programme.pages",
    Holds(Role.CENTRE_MANAGER, anywhere=True) | Holds(Role.CENTRE_STAFF, anywhere=True),
    "τα προγράμματα του Κ.Σ.Ε.",
)
declare("programme.of_trainer", Holds(Role.TRAINER, anywhere=True), "τα προγράμματα που διδάσκω")
OF_THE_BODY = (
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.PLANNER, anywhere=True)
)
DESK = (
    OF_THE_BODY
    | Holds(Role.REGIONAL_OFFICER, anywhere=True)
    | Holds(Role.MINISTRY_OFFICER, anywhere=True)
)
declare("programme.desk", DESK, "ο πίνακας προγραμμάτων")
declare(
    "programme.report",
    DESK
    | Holds(Role.CENTRE_MANAGER, anywhere=True)
    | Holds(Role.CENTRE_STAFF, anywhere=True)
    | Holds(Role.TRAINER, anywhere=True),
    "αναφορές προγραμματισμού",
)
declare("action.report", OF_THE_BODY | MINISTRY, "στόχοι δράσεων και θέσεις")
ARRANGERS = CENTRE | officers("period__action__body_id")
declare("arrangement.read", ARRANGERS, "βλέπει το σχέδιο ωρολογίου και στελέχωσης")
declare("arrangement.decide", ARRANGERS, "εφαρμόζει, αναιρεί, απορρίπτει σχέδιο ωρολογίου")
declare("arrangement.by_system", BySystem(), "υπολογισμός σχεδίου ωρολογίου")
declare("programme.read", READERS, "βλέπει το πρόγραμμα σε κάθε κατάσταση")
declare("programme.supervise", SUPERVISED, "βλέπει τα υποβληθέντα προγράμματα της ευθύνης του")
declare("programme.sheet", InState(PUBLIC_STATES) | READERS, "βλέπει την καρτέλα προγράμματος")
declare("programme.centre", CENTRE_PEOPLE, "βλέπει τα προγράμματα του κέντρου")
declare("programme.edit", CENTRE & InState(OPEN_TO_CHANGES), "συντάσσει την πρόταση")
declare("programme.submit", CENTRE, "υποβάλλει την πρόταση")
declare("programme.agree", TRAINER, "συμφωνεί ή προτείνει αλλαγές ως επιμορφωτής/τρια")
declare("programme.suggest", TRAINER & InState(OPEN_TO_CHANGES), "προτείνει αλλαγές στο ωρολόγιο")
declare("programme.check", body(OF_BODY) | BySystem(), "ελέγχει την πρόταση")
declare("programme.approve", officers(OF_BODY), "εγκρίνει, επιστρέφει, απορρίπτει προγράμματα")
declare("programme.manage", officers(OF_BODY), "αποφασίζει για το πρόγραμμα")
declare(
    "programme.arrange",
    (CENTRE | officers(OF_BODY)) & InState(OPEN_TO_CHANGES),
    "εφαρμόζει σχέδιο ωρολογίου σε πρόχειρα",
)
declare("programme.draw", officers(OF_BODY) | BySystem(), "κλήρωση του προγράμματος")
declare("programme.by_system", BySystem(), "αυτόματα βήματα του προγράμματος")
declare("programme.start", CENTRE | officers(OF_BODY), "ξεκινά το πρόγραμμα")

# work in the programmes of an action
OF_CALL = "period__action__body_id"
CALLED = Holds(Role.TRAINER, anywhere=True) | Holds(Role.CENTRE_MANAGER, anywhere=True)
ANNOUNCED = frozenset({"announced", "open", "closed", "selected", "cancelled"})
HANDED_IN = frozenset({"submitted", "withdrawn", "selected", "reserve", "cancelled"})
declare("work_call.manage", officers(OF_CALL), "διαχειρίζεται την πρόσκληση για έργο")
declare("work_call.read", body(OF_CALL) | MINISTRY, "βλέπει πρόσκληση για έργο και κατάταξη")
declare(
    "work_call.reports",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.PLANNER, anywhere=True)
    | MINISTRY,
    "οι αναφορές για το έργο στα προγράμματα",
)
declare("work_call.by_clock", BySystem(), "χρονικά βήματα της πρόσκλησης για έργο")
declare("work_call.page", InState(ANNOUNCED), "βλέπει τη σελίδα της πρόσκλησης για έργο")
declare("work_call.apply", CALLED & InState(ANNOUNCED), "αρχίζει αίτηση για έργο")
declare(
    "work_call.list",
    CALLED | Holds(Role.CENTRE_STAFF, anywhere=True),
    "οι προσκλήσεις για έργο και οι αναθέσεις που με αφορούν",
)
OWN_APPLICATION = Own("person_id") | CENTRE
declare("work_application.write", OWN_APPLICATION, "συντάσσει και υποβάλλει αίτηση για έργο")
declare(
    "work_application.read",
    OWN_APPLICATION | ((body("call__period__action__body_id") | MINISTRY) & InState(HANDED_IN)),
    "βλέπει αίτηση για έργο",
)
declare(
    "work_application.settle",
    officers("call__period__action__body_id") | BySystem(),
    "αποφασίζει για αίτηση έργου",
)
declare(
    "work_submission.read",
    Own("application__person_id")
    | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="application__centre_id")
    | body("application__call__period__action__body_id"),
    "ανοίγει την απόδειξη αίτησης για έργο",
)
declare("programme.assign", CENTRE | officers(OF_BODY), "αναθέτει έργο σε πρόγραμμα")
ASSIGNERS = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="programme__centre_id") | officers(
    "programme__period__action__body_id"
)
declare("assignment.manage", ASSIGNERS, "ανακαλεί ανάθεση έργου")
declare("assignment.answer", Own("person_id"), "απαντά σε ανάθεση έργου")
declare("assignment.read", Own("person_id") | ASSIGNERS, "βλέπει ανάθεση έργου")
declare("assignment.by_system", BySystem(), "λήξη ανάθεσης έργου")
