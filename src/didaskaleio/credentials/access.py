"""Access (δικαιώματα) of room credentials."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, declare
from didaskaleio.people.enums import Role, Scope

OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id")
HEAD = Holds(Role.BODY_HEAD, Scope.BODY, within="body_id")

declare("credential.manage", OFFICER | HEAD, "ανάκληση και αντικατάσταση βεβαίωσης")
BODY = OFFICER | HEAD
SIGNER = (
    Own("turn__person_id")
    | Holds(Role.BODY_OFFICER, Scope.BODY, within="turn__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="turn__body_id")
)

FINANCE = Holds(Role.FINANCE_OFFICER, Scope.BODY, within="body_id")

declare(
    "signing_case.read",
    Own("signatories__person_id") | BODY | FINANCE,
    "προβολή φακέλου υπογραφών",
)
declare("signing_case.sign", SIGNER, "υπογραφή εγγράφου όταν έρθει η σειρά, ή άρνησή της")
declare("signing_case.manage", BODY, "απόσυρση φακέλου υπογραφών")
declare(
    "signing_case.replace", BODY | FINANCE, "άλλο πρόσωπο στη σειρά όποιου δεν μπορεί να υπογράψει"
)
declare("signing_case.complete", BySystem(), "υπενθύμιση και ολοκλήρωση φακέλου υπογραφών")
declare(
    "signing_case.desk",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "οι φάκελοι υπογραφών του φορέα",
)
declare("trust_root.manage", Holds(Role.OPERATOR), "ρίζες εμπιστοσύνης των υπογραφών")
