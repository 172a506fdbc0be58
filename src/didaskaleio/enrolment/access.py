"""Access (δικαιώματα) of room enrolment."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Everyone, Holds, InState, Own, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.enums import ActionState

BODY = "period__action__body_id"
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within=BODY)
HEAD = Holds(Role.BODY_HEAD, Scope.BODY, within=BODY)
MINISTRY = Holds(Role.MINISTRY_OFFICER)
CENTRE = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="programme__centre_id")
CENTRE_STAFF = Holds(Role.CENTRE_STAFF, Scope.CENTRE, within="programme__centre_id")

declare("enrolment.apply", Holds(Role.TEACHER, anywhere=True), "κατάλογος και αίτηση συμμετοχής")
declare("application.write", Own("person_id"), "οι πράξεις της δικής μου αίτησης")
declare(
    "application.read",
    Own("person_id") | OFFICER | HEAD | MINISTRY | CENTRE | CENTRE_STAFF,
    "προβολή αίτησης με όνομα",
)
declare("application.manage", OFFICER | HEAD, "μετακίνηση και συγχώνευση με απόφαση")
declare("application.remove", CENTRE | OFFICER, "διαγραφή λόγω απουσιών")
declare("application.settle", BySystem(), "όσα γίνονται με την κλήρωση και το ρολόι")
declare("submission.read", Own("application__person_id"), "η απόδειξη της υποβολής μου")
declare(
    "waiting.answer", Own("application__person_id"), "απάντηση στην προσφορά θέσης που μου έγινε"
)
declare("waiting.settle", BySystem(), "προσφορές και λήξεις με το ρολόι")
declare("draw.read", Everyone(), "δημόσια σελίδα κλήρωσης")
declare("draw.conduct", OFFICER | HEAD, "διεξαγωγή της κλήρωσης")
declare("draw.follow", OFFICER | HEAD | MINISTRY, "σελίδα χειρισμού της κλήρωσης")
declare(
    "draw.protocol",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.MINISTRY_OFFICER, anywhere=True),
    "πρωτόκολλο κληρώσεων",
)
EVERYWHERE = (
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True) | MINISTRY
)

REGION = Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="region_id")
DIRECTORATE = Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within="pk")
declare(
    "owed.read",
    EVERYWHERE | Holds(Role.REGIONAL_OFFICER, anywhere=True),
    "ποιοι οφείλουν υποχρεωτική επιμόρφωση",
)
declare("owed.everywhere", EVERYWHERE, "υπόχρεοι όλης της χώρας")
ANNOUNCED = frozenset(set(ActionState) - {ActionState.DRAFT, ActionState.CANCELLED})
declare(
    "owed.action",
    Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="body_id")
    | MINISTRY
    | (Holds(Role.REGIONAL_OFFICER, anywhere=True) & InState(ANNOUNCED)),
    "υποχρεωτικές δράσεις των οποίων βλέπει τους υπόχρεους",
)
declare(
    "owed.directorate",
    EVERYWHERE | REGION | DIRECTORATE,
    "διευθύνσεις της ευθύνης του με υπόχρεους",
)
declare("participation.read", OFFICER | HEAD | MINISTRY, "συμμετοχή περιόδου σε αριθμούς")
declare("draw.escrow", MINISTRY, "σφραγισμένο αντίγραφο του μυστικού της κλήρωσης")
declare("draw.settle", BySystem(), "πάγωμα της λίστας στην προθεσμία")
PROGRAMME_CENTRE = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id") | Holds(
    Role.CENTRE_STAFF, Scope.CENTRE, within="centre_id"
)
declare(
    "places.read",
    OFFICER | HEAD | MINISTRY | PROGRAMME_CENTRE,
    "θέσεις προγράμματος με ονόματα",
)
declare(
    "places.desk",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.MINISTRY_OFFICER, anywhere=True)
    | Holds(Role.CENTRE_MANAGER, anywhere=True)
    | Holds(Role.CENTRE_STAFF, anywhere=True),
    "ομάδες και κατάλογοι μετά την κλήρωση",
)

declare("merge_plan.read", OFFICER | HEAD | MINISTRY, "βλέπει το σχέδιο συγχωνεύσεων")
declare("merge_plan.decide", OFFICER | HEAD, "αποφασίζει για το σχέδιο συγχωνεύσεων")
declare("merge_plan.by_system", BySystem(), "υπολογισμός σχεδίου συγχωνεύσεων")
