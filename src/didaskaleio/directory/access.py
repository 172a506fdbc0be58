"""Access (δικαιώματα) of room directory: who keeps the entries of a body or a place."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, Rule, SignedIn, declare
from didaskaleio.people.enums import Role, Scope

KEEPERS = (Role.BODY_OFFICER, Role.BODY_HEAD, Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER)


def keeper(path: str = "") -> Rule:
    """Officers of the structure's body, region or directorate, and the ministry."""
    return (
        Holds(Role.BODY_OFFICER, Scope.BODY, within=f"{path}body_id")
        | Holds(Role.BODY_HEAD, Scope.BODY, within=f"{path}body_id")
        | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within=f"{path}prefecture__region_id")
        | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within=f"{path}directorate_id")
        | Holds(Role.MINISTRY_OFFICER)
    )


def anywhere() -> Rule:
    """Whoever keeps something somewhere."""
    body_officer, body_head, regional, ministry = (Holds(r, anywhere=True) for r in KEEPERS)
    return body_officer | body_head | regional | ministry


OF_TERM = "office__structure__"
declare("structure.desk", anywhere(), "καταχωρίζει δομές, βλέπει κενές θέσεις και θητείες")
declare("structure.keep", keeper(), "τηρεί τα στοιχεία και τις θέσεις μιας δομής")
declare("office.keep", keeper("structure__"), "τηρεί μια θέση και ορίζει ποιος την αναλαμβάνει")
declare("term.keep", keeper(OF_TERM), "ανακαλεί ορισμό, λήγει θητεία με απόφαση")
declare("term.own", Own("person_id"), "παραιτείται από τη θητεία του")
declare("term.page", keeper(OF_TERM) | Own("person_id"), "η σελίδα μιας θητείας")
declare("term.hand_over", keeper(OF_TERM) | Own("person_id"), "βεβαιώνει την παράδοση")
declare("term.settle", BySystem(), "έναρξη, υπενθύμιση και λήξη θητείας με το ρολόι")
declare("term.mine", SignedIn(), "οι θητείες μου")

OF_BODY = (Role.BODY_OFFICER, Role.BODY_HEAD)
HOST = keeper("structure__")
for _role in OF_BODY:
    HOST |= Holds(_role, Scope.BODY, within="body_id")
    HOST |= Holds(_role, Scope.BODY, within="centre__body_id")
HOST |= Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="centre__region_id")
declare("engagement.keep", HOST, "καταχωρίζει και διακόπτει θέση ορισμένου χρόνου")
declare("engagement.page", HOST | Own("person_id"), "η σελίδα και το έγγραφο της θέσης")
declare("engagement.settle", BySystem(), "υπενθύμιση και λήξη της θέσης με το ρολόι")
