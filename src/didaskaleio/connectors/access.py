"""Access (δικαιώματα) of room connectors."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, declare
from didaskaleio.people.enums import Role

declare(
    "myschool.import",
    Holds(Role.MINISTRY_OFFICER) | Holds(Role.OPERATOR),
    "εισαγωγή στοιχείων από εξαγωγές του MySchool",
)
declare("myschool.work", BySystem(), "εργασίες εισαγωγής στο παρασκήνιο")
