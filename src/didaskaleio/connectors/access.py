"""Access (δικαιώματα) of room connectors."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, declare
from didaskaleio.people.enums import Role

OFFICERS = Holds(Role.MINISTRY_OFFICER) | Holds(Role.OPERATOR)

declare(
    "myschool.import",
    OFFICERS,
    "εισαγωγή στοιχείων από εξαγωγές του MySchool",
)
declare("myschool.work", BySystem(), "εργασίες εισαγωγής στο παρασκήνιο")
declare("myschool.connect", OFFICERS, "σύνδεση με το MySchool: λήψεις και πρόγραμμα λήψης")
declare("myschool.push", OFFICERS, "αποστολές βεβαιώσεων στο MySchool")
declare("correction.file", Own("pk") & Holds(Role.TEACHER), "αίτημα διόρθωσης των στοιχείων μου")
declare("correction.mine", Holds(Role.TEACHER), "τα αιτήματα διόρθωσής μου")
declare("correction.view", Own("person_id") | OFFICERS, "προβολή αιτήματος διόρθωσης")
declare("correction.withdraw", Own("person_id"), "απόσυρση αιτήματος διόρθωσης")
declare("correction.answer", OFFICERS, "απάντηση σε αιτήματα διόρθωσης")
