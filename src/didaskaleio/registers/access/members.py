"""Access (δικαιώματα) to registers and members: keepers, planners who find, oneself."""

from __future__ import annotations

from didaskaleio.kernel.access import AnyOf, BySystem, Holds, Own, Rule, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.access.rules import KEEPERS


def _kept(before: str) -> Rule:
    """Who keeps a register: its body's officers, its registrar or the one of what it is part of."""
    return (
        Holds(Role.BODY_OFFICER, Scope.BODY, within=f"{before}body_id")
        | Holds(Role.BODY_HEAD, Scope.BODY, within=f"{before}body_id")
        | Holds(Role.REGISTRAR, Scope.BODY, within=f"{before}body_id")
        | Holds(Role.REGISTRAR, Scope.REGISTER, within=f"{before}id")
        | Holds(Role.REGISTRAR, Scope.REGISTER, within=f"{before}parent_id")
    )


KEEPER = _kept("register__")
DECIDER = _kept("membership__register__")
declare(
    "register.define",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "ανοίγει μητρώα του φορέα",
)
declare("register.manage", _kept(""), "ορίζει στοιχεία και διαδικασίες μητρώου, εντάσσει μέλη")
declare("membership.keep", KEEPER, "ανανεώνει, αναστέλλει και διαγράφει μέλος, αλλάζει στοιχεία")
declare(
    "membership.desk",
    AnyOf(tuple(Holds(role, anywhere=True) for role in (*KEEPERS, Role.PLANNER))),
    "αναφορές και αναζήτηση στα μέλη των μητρώων",
)
declare(
    "membership.find",
    KEEPER | Holds(Role.PLANNER, Scope.BODY, within="register__body_id"),
    "βρίσκει μέλη μητρώων του φορέα με τα στοιχεία τους",
)
declare("member_import.keep", KEEPER, "εισάγει μέλη στο μητρώο από αρχείο και τα αναιρεί")
declare("membership.own", Own("person_id"), "προτείνει μεταβολή των στοιχείων του, αποχωρεί")
declare("membership.page", KEEPER | Own("person_id"), "τα στοιχεία ενός μέλους μητρώου")
declare("membership.settle", BySystem(), "υπενθύμιση και λήξη ισχύος με το ρολόι")
declare("proposal.decide", DECIDER, "αποφασίζει για μεταβολή στοιχείων")
declare("proposal.own", Own("membership__person_id"), "αποσύρει μεταβολή που πρότεινε")
declare("proposal.page", DECIDER | Own("membership__person_id"), "μια πρόταση μεταβολής")
