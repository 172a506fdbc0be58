"""The shipped checklist of a visit (φύλλο ελέγχου): a form of the body, which may renew it."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.definition import Definition, Kind, Option, Question, Section
from didaskaleio.kernel.forms.models import FormState, FormVersion
from didaskaleio.people.enums import Scope
from didaskaleio.structures.models import ImplementingBody

CODE = "on-site-visit"
YES_NO = (Option("yes", "Ναι"), Option("partly", "Εν μέρει"), Option("no", "Όχι"))


def _asked(key: str, label: str, hint: str = "") -> Question:
    return Question(key, Kind.CHOICE, label, help=hint, required=True, options=YES_NO)


SHIPPED = Definition(
    title="Φύλλο ελέγχου επιτόπιας επίσκεψης",
    intro="Συμπληρώνεται στον χώρο. Ό,τι απαντηθεί «όχι» γράφεται και ως εύρημα.",
    sections=(
        Section(
            "meeting",
            "Η συνάντηση",
            questions=(
                _asked("on_time", "Άρχισε στην ώρα της;", "Έως δέκα λεπτά καθυστέρηση: «ναι»."),
                _asked("trainer", "Διδάσκει το πρόσωπο που έχει οριστεί;"),
                _asked("topic", "Το θέμα είναι αυτό που προβλέπεται;"),
                _asked("sheet", "Οι παρουσίες σημειώνονται μέσα στη συνάντηση;"),
            ),
        ),
        Section(
            "place",
            "Ο χώρος",
            questions=(
                Question(
                    "room",
                    Kind.MATRIX,
                    "Βρήκατε σε καλή κατάσταση:",
                    required=True,
                    options=YES_NO,
                    lines=(
                        Option("seats", "θέσεις εργασίας για όλους"),
                        Option("network", "σύνδεση στο διαδίκτυο"),
                        Option("projector", "προβολή στην τάξη"),
                        Option("access", "πρόσβαση για άτομα με αναπηρία"),
                    ),
                ),
                _asked("identity", "Είναι αναρτημένη η ταυτότητα της δράσης;"),
            ),
        ),
        Section(
            "people",
            "Τα πρόσωπα",
            questions=(
                _asked("guidance", "Το κέντρο έχει δώσει οδηγίες και υλικό;"),
                Question("said", Kind.LONG_TEXT, "Τι σας είπαν οι παρόντες", most=2_000),
                Question("other", Kind.LONG_TEXT, "Ό,τι άλλο είδατε", most=2_000),
            ),
        ),
    ),
)


def checklist_of(body: ImplementingBody, *, at: datetime) -> FormVersion:
    """The body's published checklist; the shipped one where the body never had any."""
    rows = FormVersion.objects.filter(
        form__scope=Scope.BODY, form__scope_id=body.pk, form__code=CODE
    )
    found = rows.filter(state=FormState.PUBLISHED).first()
    if found is not None:
        return found
    if rows.exists():
        raise VisitRefusedError("Δημοσιεύστε πρώτα το φύλλο ελέγχου του φορέα, στις «Φόρμες».")
    owner = forms.Owner(Scope.BODY, body.pk, body.short_name)
    draft = forms.begin(owner, code=CODE, definition=SHIPPED, actor=SYSTEM, at=at)
    forms.publish(draft, actor=SYSTEM, at=at)
    return draft
