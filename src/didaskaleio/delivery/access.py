"""Access (δικαιώματα) of room delivery: who teaches, who keeps the centre, who decides."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, InState, Own, Rule, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.access import READERS

BODY, CENTRE = "period__action__body_id", "centre_id"


def manager(prefix: str) -> Rule:
    """The centre's manager; ``prefix`` leads to the programme (``programme__`` or empty)."""
    return Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within=f"{prefix}{CENTRE}")


def centre(prefix: str) -> Rule:
    """Manager and staff of the centre."""
    staff = Holds(Role.CENTRE_STAFF, Scope.CENTRE, within=f"{prefix}{CENTRE}")
    return manager(prefix) | staff


def keepers(body: str) -> Rule:
    """Officers and head of the body whose id is at ``body``."""
    officer = Holds(Role.BODY_OFFICER, Scope.BODY, within=body)
    return officer | Holds(Role.BODY_HEAD, Scope.BODY, within=body)


def officers(prefix: str) -> Rule:
    """Officers and head of the action's body."""
    return keepers(f"{prefix}{BODY}")


P, OF_ROW = "programme__", "attendance__session__programme__"
TRAINER = Own("trainer_id")
SELF = Own("attendance__application__person_id")
WATCHERS = (
    Holds(Role.CENTRE_MANAGER, anywhere=True)
    | Holds(Role.CENTRE_STAFF, anywhere=True)
    | Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
)
OVERSEERS = (
    Holds(Role.REGIONAL_OFFICER, anywhere=True)
    | Holds(Role.MINISTRY_OFFICER, anywhere=True)
    | Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
)

declare(
    "programme.roll",
    Own("trainer_id") | centre("") | officers("") | Own("sessions__trainer_id"),
    "παρουσίες προγράμματος με ονόματα",
)
declare(
    "attendance_card.read",
    Own("person_id") | Own("programme__trainer_id") | centre(P) | officers(P),
    "καρτέλα παρουσιών ενός προσώπου",
)
declare("session.read", TRAINER | centre(P) | officers(P), "παρουσιολόγιο με ονόματα")
declare("session.teach", TRAINER, "παρουσίες και υπογραφή παρουσιολογίου")
declare("session.manage", manager(P), "αλλαγές ώρας, μη πραγματοποίηση, δεύτερη υπογραφή")
declare("session.replace", TRAINER | manager(P), "αναπλήρωση συνάντησης")
declare("session.correct", officers(P), "διόρθωση υπογεγραμμένου παρουσιολογίου")
declare("session_report.ask", manager(P) | officers(P), "αίτημα διόρθωσης έκθεσης συνάντησης")
declare("session.close", officers(P) | BySystem(), "κλείσιμο παρουσιολογίου")
declare(
    "session.cancel",
    officers(P) | BySystem(),
    "ματαίωση των συναντήσεων όταν διακόπτεται το πρόγραμμα",
)
declare("session.substitute", manager(P) | officers(P), "πρόταση αντικατάστασης επιμορφωτή/τριας")
declare("substitution.manage", manager(P) | officers(P), "ανάκληση πρότασης αντικατάστασης")
declare("substitution.answer", Own("substitute_id"), "απάντηση σε πρόταση αντικατάστασης")
declare(
    "substitution.read",
    Own("substitute_id") | Own("replaced_id") | centre(P) | officers(P),
    "αντικατάσταση επιμορφωτή/τριας",
)
declare("substitution.lapse", BySystem(), "λήξη αναπάντητης πρότασης αντικατάστασης")
declare("attendance.own", Own("application__person_id"), "οι δικές μου παρουσίες")
declare(
    "excuse.read",
    SELF | manager(OF_ROW) | officers(OF_ROW),
    "δικαιολόγηση απουσίας με το έγγραφό της",
)
declare("excuse.decide", manager(OF_ROW), "απόφαση για δικαιολόγηση απουσίας")
declare("dispute.read", SELF | manager(OF_ROW) | officers(OF_ROW), "αντίρρηση για παρουσία")
declare("dispute.decide", officers(OF_ROW), "απόφαση για αντίρρηση")
declare("delivery.mine", Holds(Role.TEACHER, anywhere=True), "οι παρουσίες μου")
declare("delivery.teaching", Holds(Role.TRAINER, anywhere=True), "οι συναντήσεις που διδάσκω")
declare("delivery.exceptions", WATCHERS, "οι εκκρεμότητες των προγραμμάτων")
declare(
    "delivery.progress",
    OVERSEERS
    | WATCHERS
    | Holds(Role.PLANNER, anywhere=True)
    | Holds(Role.INSPECTOR, anywhere=True),
    "πρόοδος προγραμμάτων σε αριθμούς",
)
declare(
    "programme.follow",
    READERS
    | Holds(Role.INSPECTOR, Scope.REGION, within="centre__region_id")
    | Holds(Role.INSPECTOR, Scope.BODY, within=BODY),
    "αριθμοί της προόδου ενός προγράμματος",
)
declare(
    "delivery.report",
    WATCHERS | Holds(Role.TRAINER, anywhere=True),
    "αναφορές παρουσιών",
)
declare("session.scan", TRAINER | centre(P), "σαρωμένο παρουσιολόγιο")
declare("session.rule", Own("session__trainer_id"), "απόφαση για ασυμφωνία παρουσίας")
declare(
    "delivery.hours",
    Holds(Role.TRAINER, anywhere=True) | Holds(Role.CENTRE_STAFF, anywhere=True),
    "οι ώρες που εργάστηκα",
)

V = "session__programme__"
HEARD = InState(frozenset({"reported", "answered", "follow_up", "closed"}))
VISITED = (centre(V) | Own("session__trainer_id")) & HEARD
OF_REGION = Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{V}centre__region_id")
INSPECTS = Own("inspector_id")
declare(
    "visit.read",
    INSPECTS
    | officers(V)
    | VISITED
    | (HEARD & (OF_REGION | Holds(Role.MINISTRY_OFFICER, Scope.COUNTRY))),
    "επιτόπιος έλεγχος· κέντρο, περιφέρεια και υπουργείο αφού υπογραφεί η έκθεση",
)
declare("visit.manage", officers(V), "απόφαση, ανάθεση και παρακολούθηση επιτόπιων ελέγχων")
declare("visit.inspect", INSPECTS, "διενέργεια επιτόπιου ελέγχου")
declare("visit.paper", INSPECTS | officers(V), "το φύλλο ελέγχου στο χαρτί")
declare("visit.answer", manager(V) & HEARD, "απάντηση του κέντρου στην έκθεση ελέγχου")
declare(
    "visit.list",
    WATCHERS
    | Holds(Role.INSPECTOR, anywhere=True)
    | Holds(Role.REGIONAL_OFFICER, anywhere=True)
    | Holds(Role.MINISTRY_OFFICER, anywhere=True),
    "κατάλογος επιτόπιων ελέγχων",
)
declare("visit_round.manage", keepers("body_id"), "επιλογή επιτόπιων επισκέψεων του μήνα")
declare("visit_round.reveal", BySystem(), "αποκάλυψη της κλήρωσης των επισκέψεων")
declare(
    "visit_round.list",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "επιλογές επισκέψεων και βάρη κινδύνου",
)
W, GUIDES = "row__session__programme__", Own("row__session__trainer_id")
declare(
    "own_work.read",
    Own("row__application__person_id") | GUIDES | centre(W) | officers(W),
    "ασύγχρονη εργασία με το αρχείο της",
)
declare("own_work.guide", GUIDES, "απάντηση σε ασύγχρονη εργασία")
declare("session.enter", TRAINER | Own("roll__person_id"), "είσοδος στην εικονική αίθουσα")
declare("session.observe", BySystem(), "λεπτά της εικονικής αίθουσας")

RUNS = InState(frozenset({"running"}), "session__programme__state")
THERE = InState(frozenset({"available"}))
RECORDED_READERS = (
    Own("session__trainer_id")
    | centre(V)
    | officers(V)
    | Holds(Role.INSPECTOR, Scope.REGION, within=f"{V}centre__region_id")
    | Holds(Role.INSPECTOR, Scope.BODY, within=f"{V}{BODY}")
)
declare(
    "recording.list",
    WATCHERS | Holds(Role.TRAINER, anywhere=True) | Holds(Role.INSPECTOR, anywhere=True),
    "κατάλογος μαγνητοσκοπήσεων",
)
declare(
    "recording.read",
    RECORDED_READERS | (Own("session__roll__person_id") & RUNS & THERE),
    "μαγνητοσκόπηση συνάντησης· η ομάδα της όσο διαρκεί το πρόγραμμα",
)
declare("recording.account", RECORDED_READERS, "ποιοι άνοιξαν τη μαγνητοσκόπηση και πότε")
declare("recording.withdraw", officers(V), "πρόωρη διαγραφή μαγνητοσκόπησης")
declare("recording.keep", BySystem(), "παραλαβή και διαγραφή μαγνητοσκοπήσεων")

GIVEN_TO = (
    Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="region_id")
    | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within="directorate_id")
    | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
)
declare("given_task.answer", GIVEN_TO, "απάντηση σε εργασία συντονισμού")
declare("given_task.manage", officers(P), "ανάθεση και παρακολούθηση εργασιών συντονισμού")
declare(
    "given_task.read",
    GIVEN_TO | officers(P) | Holds(Role.MINISTRY_OFFICER, Scope.COUNTRY),
    "εργασία συντονισμού με την απάντησή της",
)
declare("given_task.remind", BySystem(), "υπενθύμιση και λήξη προθεσμίας εργασίας")
declare(
    "given_task.list",
    OVERSEERS | Holds(Role.CENTRE_MANAGER, anywhere=True),
    "κατάλογος εργασιών συντονισμού",
)
declare("programme.coordinate", officers(""), "ανάθεση εργασίας για ένα πρόγραμμα")

OF_WORK = "application__programme__"
OWN_WORK, REVIEWS = Own("application__person_id"), Own(f"{OF_WORK}trainer_id")
declare("class_application.own", OWN_WORK, "η δική μου εφαρμογή στην τάξη")
declare("class_application.review", REVIEWS, "ανατροφοδότηση για εφαρμογές στην τάξη")
declare(
    "class_application.read",
    OWN_WORK | REVIEWS | manager(OF_WORK) | officers(OF_WORK),
    "εφαρμογή στην τάξη με τα τεκμήριά της",
)
declare("attendance.apply", Own("person_id"), "έναρξη της δικής μου εφαρμογής στην τάξη")
