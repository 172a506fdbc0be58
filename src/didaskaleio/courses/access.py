"""Who may do what to courses (θεματικά αντικείμενα)."""

from __future__ import annotations

from django.db.models import Q

from didaskaleio.kernel.access import EVERYTHING, Actor, Holds, Own, Rule, declare
from didaskaleio.people.enums import Role, Scope


class Published(Rule):
    """A course with an approved version is public, whatever happens to its next draft."""

    def allows(self, _actor: Actor, thing: object) -> bool:
        return getattr(thing, "current_id", None) is not None

    def q(self, _actor: Actor) -> Q:
        return EVERYTHING & Q(current__isnull=False)

    def in_words(self) -> str:
        return "όλοι, μετά την πρώτη έγκριση"


AUTHOR = Holds(Role.AUTHOR, Scope.COURSE, within="id")
APPROVER = Holds(Role.APPROVER, Scope.COURSE, within="id") | Holds(
    Role.APPROVER, Scope.BODY, within="body_id"
)
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="body_id"
)
CONTRIBUTOR = Own("draft__assignments__person_id")

READ = declare(
    "course.read", AUTHOR | APPROVER | OFFICER | CONTRIBUTOR, "βλέπει κάθε έκδοση του αντικειμένου"
)
SHEET = declare("course.sheet", Published(), "βλέπει τη δημόσια σελίδα του αντικειμένου")
KIT = declare(
    "course.kit",
    AUTHOR
    | APPROVER
    | OFFICER
    | CONTRIBUTOR
    | Published()
    & (
        Holds(Role.CENTRE_MANAGER, anywhere=True)
        | Holds(Role.CENTRE_STAFF, anywhere=True)
        | Holds(Role.TRAINER, anywhere=True)
        | Holds(Role.BODY_OFFICER, anywhere=True)
        | Holds(Role.BODY_HEAD, anywhere=True)
        | Holds(Role.REGIONAL_OFFICER, anywhere=True)
        | Holds(Role.MINISTRY_OFFICER, anywhere=True)
    ),
    "παίρνει το πακέτο παρουσίασης του αντικειμένου",
)
WRITE = declare("course.write", AUTHOR, "συντάσσει το αντικείμενο")
CONTRIBUTE = declare(
    "course.contribute", AUTHOR | CONTRIBUTOR, "συντάσσει τις συνιστώσες που του έχουν ανατεθεί"
)
ASSIGN = declare("course.assign", AUTHOR | OFFICER, "αναθέτει συνιστώσες με προθεσμία")
FIND = declare(
    "course.find", AUTHOR | APPROVER | OFFICER, "καταγράφει ευρήματα αξιολόγησης του αντικειμένου"
)
DISMISS = declare(
    "course.dismiss", APPROVER | OFFICER, "αποφασίζει ότι ένα εύρημα δεν οδηγεί σε αλλαγή"
)
APPROVE = declare("course.approve", APPROVER, "εγκρίνει ή επιστρέφει το αντικείμενο")
OFFER = declare("course.offer", OFFICER, "εντάσσει το αντικείμενο σε δράση")
TEAM = declare("course.team", OFFICER, "ορίζει ποιοι συντάσσουν και ποιοι εγκρίνουν")
BEGIN = declare(
    "course.begin",
    Holds(Role.BODY_OFFICER, Scope.BODY, anywhere=True)
    | Holds(Role.BODY_HEAD, Scope.BODY, anywhere=True),
    "ανοίγει νέο αντικείμενο του φορέα",
)
declare(
    "course.pages",
    Holds(Role.AUTHOR, anywhere=True)
    | Holds(Role.APPROVER, anywhere=True)
    | Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True),
    "ο κατάλογος των θεματικών αντικειμένων",
)
declare(
    "course.listed",
    Published() | AUTHOR | APPROVER | OFFICER | CONTRIBUTOR,
    "τα θεματικά αντικείμενα ως θέμα αναφορών",
)
