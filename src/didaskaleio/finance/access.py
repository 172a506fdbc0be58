"""Access (δικαιώματα) of room finance: payees, contracts and their templates."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, SignedIn, declare
from didaskaleio.people.enums import Role, Scope

DESK = Holds(Role.FINANCE_OFFICER, anywhere=True)
FINANCE = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="body_id")
HEAD = Holds(Role.BODY_HEAD, Scope.BODY, within="body_id")
OWN_PAYEE = Own("person_id") | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
OWN_CONTRACT = Own("payee__person_id") | Holds(
    Role.CENTRE_MANAGER, Scope.CENTRE, within="payee__centre_id"
)

declare("finance.desk", DESK, "σελίδες της οικονομικής υπηρεσίας ενός φορέα")
declare("finance.mine", SignedIn(), "τα στοιχεία πληρωμής και οι συμβάσεις μου")
declare("payee.own", OWN_PAYEE, "συμπληρώνει τα στοιχεία πληρωμής του")
declare("payee.keep", FINANCE, "διαβάζει και επιβεβαιώνει στοιχεία δικαιούχου")
declare("template.keep", FINANCE, "γράφει και θέτει σε χρήση υποδείγματα συμβάσεων")
declare("contract.keep", FINANCE, "ετοιμάζει, εκδίδει και αποσύρει συμβάσεις")
declare("contract.read", OWN_CONTRACT | FINANCE | HEAD, "η σελίδα και το έγγραφο μιας σύμβασης")
declare("contract.settle", BySystem(), "υπογραφή και λήξη σύμβασης, όταν συμβούν")
