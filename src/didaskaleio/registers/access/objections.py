"""Access (δικαιώματα) to objections: whoever objects, the committee, the body that waits."""

from __future__ import annotations

from didaskaleio.kernel.access import Holds, Own, declare
from didaskaleio.people.enums import Role
from didaskaleio.registers.access.rules import Hears, OfSomebodyElse, Received
from didaskaleio.registers.enums import ObjectionState

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
