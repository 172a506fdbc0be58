"""Access (δικαιώματα) of room registers: who prepares calls; a body sees only its own."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, InState, SignedIn, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.enums import CallState

ANNOUNCED = frozenset({CallState.PUBLISHED, CallState.EXPIRED, CallState.REVOKED})
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="body_id"
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
