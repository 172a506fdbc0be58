"""Access (δικαιώματα) of room finance: payees, contracts and their templates."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, SignedIn, declare
from didaskaleio.people.enums import Role, Scope

DESK = Holds(Role.FINANCE_OFFICER, anywhere=True)
FINANCE = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="body_id")
OF_PAYEE = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="payee__body_id")
HEAD = Holds(Role.BODY_HEAD, Scope.BODY, within="body_id")
OWN_PAYEE = Own("person_id") | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
OWN_CONTRACT = Own("payee__person_id") | Holds(
    Role.CENTRE_MANAGER, Scope.CENTRE, within="payee__centre_id"
)

declare("finance.desk", DESK, "σελίδες της οικονομικής υπηρεσίας ενός φορέα")
declare("finance.mine", SignedIn(), "τα στοιχεία πληρωμής και οι συμβάσεις μου")
declare("payee.own", OWN_PAYEE, "συμπληρώνει τα στοιχεία πληρωμής του")
declare("payee.papers", OWN_PAYEE | FINANCE, "διαβάζει τα δικαιολογητικά ενός δικαιούχου")
declare("paper.keep", OF_PAYEE, "δέχεται ή απορρίπτει δικαιολογητικά πληρωμής")
declare("paper.settle", BySystem(), "υπενθύμιση και λήξη δικαιολογητικού με το ρολόι")
declare("invoice.keep", OF_PAYEE, "δέχεται ή απορρίπτει παραστατικά δαπάνης")
declare("payee.keep", FINANCE, "διαβάζει και επιβεβαιώνει στοιχεία δικαιούχου")
declare("template.keep", FINANCE, "γράφει και θέτει σε χρήση υποδείγματα συμβάσεων")
declare("contract.keep", FINANCE, "ετοιμάζει, εκδίδει και αποσύρει συμβάσεις")
declare("contract.own", OWN_CONTRACT, "οι δικές του συμβάσεις")
declare(
    "period.contracts",
    Holds(Role.FINANCE_OFFICER, Scope.BODY, within="action__body_id"),
    "ετοιμάζει τις συμβάσεις μιας περιόδου",
)
declare("action.contracts", FINANCE, "ετοιμάζει συμβάσεις μιας δράσης με όποιο πρόσωπο")
declare(
    "programme.contracts",
    Holds(Role.FINANCE_OFFICER, Scope.BODY, within="period__action__body_id"),
    "ετοιμάζει τις συμβάσεις ενός προγράμματος",
)
declare("contract.read", OWN_CONTRACT | FINANCE | HEAD, "η σελίδα και το έγγραφο μιας σύμβασης")
declare("contract.settle", BySystem(), "υπογραφή και λήξη σύμβασης, όταν συμβούν")

AT_ACTION = "action__body_id"
PAYS = Holds(Role.FINANCE_OFFICER, Scope.BODY, within=AT_ACTION)
OVERSEES = Holds(Role.BODY_OFFICER, Scope.BODY, within=AT_ACTION) | Holds(
    Role.BODY_HEAD, Scope.BODY, within=AT_ACTION
)
SITS = Own("committee__members__person_id")
OF_MINUTES = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="committee__action__body_id")
OF_PAYMENT = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="order__action__body_id")
OVER_PAYMENT = Holds(Role.BODY_OFFICER, Scope.BODY, within="order__action__body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="order__action__body_id"
)
declare(
    "payment.desk",
    DESK | Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "πληρωμές του φορέα: όροι, έργο, παραλαβή, εντολές",
)
declare("pay_action.keep", FINANCE, "όροι αμοιβής, υπολογισμός και εντολές μιας δράσης")
declare(
    "pay_action.read",
    FINANCE | HEAD | Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id"),
    "όροι αμοιβής, έργο, πρακτικά και εντολές μιας δράσης",
)
EXAMINES = Own("items__minutes__committee__members__person_id")
declare(
    "work.read",
    OWN_CONTRACT | PAYS | OVERSEES | EXAMINES,
    "μία γραμμή έργου με την πηγή και το έγγραφό της",
)
declare("work.settle", BySystem(), "πορεία μιας γραμμής έργου ως την πληρωμή")
declare("committee.keep", PAYS, "επιτροπές παραλαβής της δράσης")
OF_REPORT = Own("contract__payee__person_id")
JUDGES = Holds(Role.BODY_OFFICER, Scope.BODY, within="contract__body_id") | Holds(
    Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id"
)
KEEPS = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="contract__body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="contract__body_id"
)
declare("work_report.own", OF_REPORT, "γράφει και υποβάλλει την έκθεση πεπραγμένων του")
declare("work_report.judge", JUDGES, "δέχεται ή επιστρέφει εκθέσεις πεπραγμένων")
declare("work_report.read", OF_REPORT | JUDGES | KEEPS, "διαβάζει μία έκθεση πεπραγμένων")
declare(
    "work_report.desk",
    DESK
    | Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.CENTRE_MANAGER, anywhere=True),
    "εκθέσεις πεπραγμένων του φορέα ή του Κ.Σ.Ε.",
)
declare("minutes.write", OF_MINUTES, "σύνταξη πρακτικού παραλαβής")
declare("minutes.judge", OF_MINUTES | SITS, "τι παραλαμβάνεται και τι όχι")
declare("minutes.read", OF_MINUTES | SITS, "πρακτικό παραλαβής")
declare("minutes.sign", SITS, "υπογραφή πρακτικού από μέλος της επιτροπής")
declare("minutes.settle", BySystem(), "ολοκλήρωση πρακτικού με την τελευταία υπογραφή")
declare("minutes.mine", SignedIn(), "τα πρακτικά των επιτροπών μου")
declare("order.keep", PAYS, "εντολές πληρωμής και αρχείο της τράπεζας")
declare("order.read", PAYS | OVERSEES, "εντολή πληρωμής")
declare("order.approve", PAYS | OVERSEES, "έγκριση εντολής που ετοίμασε άλλο πρόσωπο")
declare("order.settle", BySystem(), "εκκαθάριση εντολής")
declare("payment.keep", OF_PAYMENT, "σημειώνει τι πλήρωσε και τι επέστρεψε η τράπεζα")
declare("payment.read", OWN_CONTRACT | OF_PAYMENT | OVER_PAYMENT, "μία πληρωμή με τις γραμμές της")
declare(
    "payment_line.read",
    Holds(Role.FINANCE_OFFICER, Scope.BODY, within="payment__order__action__body_id")
    | Holds(Role.BODY_OFFICER, Scope.BODY, within="payment__order__action__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="payment__order__action__body_id"),
    "οι γραμμές μιας πληρωμής ως τη μονάδα",
)
declare("payment.settle", BySystem(), "ακύρωση πληρωμής μαζί με την εντολή της")
