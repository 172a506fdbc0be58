"""Access (δικαιώματα) to tenders: before the opening only a centre reads its own offer."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, InState, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.access.rules import OFFICER
from didaskaleio.registers.enums import OfferState, TenderState

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
