"""Access (δικαιώματα) to calls: officers keep them, everybody reads what is announced."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, InState, SignedIn, declare
from didaskaleio.people.enums import Role
from didaskaleio.registers.access.rules import ANNOUNCED, OFFICER

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
