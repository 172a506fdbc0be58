"""Access (δικαιώματα) of room surveys: nobody may read who answered, or what a person answered."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, Rule, SignedIn, declare
from didaskaleio.people.enums import Role, Scope


def of_body(path: str) -> Rule:
    """Officers and head of the body at ``path``."""
    return Holds(Role.BODY_OFFICER, Scope.BODY, within=path) | Holds(
        Role.BODY_HEAD, Scope.BODY, within=path
    )


OFFICERS = Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True)
MINISTRY = Holds(Role.MINISTRY_OFFICER)

declare("survey.desk", OFFICERS, "διεξαγωγές και ερωτηματολόγια του φορέα")
declare("questionnaire.manage", of_body("body_id"), "τηρεί και διεξάγει ερωτηματολόγιο του φορέα")
declare(
    "launch_rule.manage",
    of_body("questionnaire__body_id"),
    "ορίζει πότε φεύγει μόνο του ένα ερωτηματολόγιο",
)
declare("survey.manage", of_body("questionnaire__body_id"), "παρακολουθεί και ματαιώνει διεξαγωγή")
declare("survey.by_clock", BySystem(), "άνοιγμα, υπενθύμιση και λήξη με το ρολόι")
declare("survey.mine", SignedIn(), "τα ερωτηματολόγια που περιμένουν απάντηση")
declare("invitation.answer", Own("person_id"), "απαντά, μία φορά και ανώνυμα")
declare(
    "survey.regions",
    Holds(Role.REGIONAL_OFFICER, anywhere=True) | MINISTRY,
    "αποτελέσματα ερωτηματολογίων ανά περιφέρεια",
)
declare(
    "survey.of_region",
    Holds(Role.REGIONAL_OFFICER, Scope.REGION, within="region_id") | MINISTRY,
    "διεξαγωγές που αθροίζονται στην περιφέρειά του",
)
declare("survey.figures", OFFICERS | MINISTRY, "τα στοιχεία του μαζικού μαθήματος")
declare("dispatch.desk", OFFICERS | MINISTRY, "ο κατάλογος των διαβιβάσεων")
declare("dispatch.read", of_body("body_id") | MINISTRY, "διαβάζει διαβίβαση")
declare("dispatch.receive", MINISTRY, "βεβαιώνει την παραλαβή")
