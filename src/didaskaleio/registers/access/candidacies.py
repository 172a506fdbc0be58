"""Access (δικαιώματα) to candidacies and their documents; a body sees what it received."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Own, SignedIn, declare
from didaskaleio.registers.access.rules import Hears, Judges, OfSomebodyElse, Received

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
