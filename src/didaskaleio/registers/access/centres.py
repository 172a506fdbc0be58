"""Access (δικαιώματα) to the register of training centres and to changes of their rooms."""

from __future__ import annotations

from didaskaleio.kernel.access import AnyOf, Holds, declare
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers.access.rules import KEEPERS, OFFICER

CENTRE_KEEPER = OFFICER | Holds(Role.REGISTRAR, Scope.BODY, within="body_id")
OF_CENTRE = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="pk")
ROOM_DECIDER = (
    Holds(Role.BODY_OFFICER, Scope.BODY, within="centre__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="centre__body_id")
    | Holds(Role.REGISTRAR, Scope.BODY, within="centre__body_id")
)
ROOM_OWNER = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
declare(
    "centre.desk",
    AnyOf(
        tuple(
            Holds(role, anywhere=True)
            for role in (
                *KEEPERS,
                Role.MINISTRY_OFFICER,
                Role.REGIONAL_OFFICER,
                Role.CENTRE_MANAGER,
                Role.CENTRE_STAFF,
            )
        )
    ),
    "ο κατάλογος του μητρώου Κ.Σ.Ε.",
)
declare(
    "centre.define",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.REGISTRAR, anywhere=True),
    "καταχωρίζει νέο Κ.Σ.Ε. του φορέα",
)
declare(
    "centre.read",
    CENTRE_KEEPER
    | Holds(Role.MINISTRY_OFFICER)
    | Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="region_id")
    | Holds(Role.REGIONAL_OFFICER, Scope.DIRECTORATE, within="directorate_id")
    | OF_CENTRE
    | Holds(Role.CENTRE_STAFF, Scope.CENTRE, within="pk"),
    "η καρτέλα ενός Κ.Σ.Ε. στο μητρώο",
)
declare("centre.keep", CENTRE_KEEPER, "στοιχεία, πράξεις έγκρισης και επισκέψεις ενός Κ.Σ.Ε.")
declare("centre.rooms", CENTRE_KEEPER | OF_CENTRE, "γράφει ή προτείνει τις αίθουσες ενός Κ.Σ.Ε.")
declare("centre.update", OF_CENTRE, "προτείνει μεταβολή στις αίθουσες του Κ.Σ.Ε.")
declare("room_proposal.decide", ROOM_DECIDER, "αποφασίζει για μεταβολή αίθουσας Κ.Σ.Ε.")
declare("room_proposal.own", ROOM_OWNER, "αποσύρει μεταβολή αίθουσας που πρότεινε το Κ.Σ.Ε.")
declare("room_proposal.page", ROOM_DECIDER | ROOM_OWNER, "μια μεταβολή αίθουσας Κ.Σ.Ε.")
