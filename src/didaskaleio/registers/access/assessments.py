"""Access (δικαιώματα) to assessments: each assessor one's own, while the call is assessed."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, InState, Own, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.access.rules import Judges, OfSomebodyElse, Received
from didaskaleio.registers.enums import LIVE, CallState

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
