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
declare(
    "programme.desk",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.PLANNER, anywhere=True)
    | Holds(Role.REGIONAL_OFFICER, anywhere=True)
    | Holds(Role.MINISTRY_OFFICER, anywhere=True),
    "ο πίνακας προγραμμάτων",
)
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
