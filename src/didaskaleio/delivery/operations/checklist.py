"""The shipped checklist of a visit (φύλλο ελέγχου): a form of the body, which may renew it."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.delivery.operations.shipped import published
from didaskaleio.kernel.forms.definition import Definition, Kind, Option, Question, Section
from didaskaleio.kernel.forms.models import FormVersion
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
    """The checklist of a body's visits."""
    missing = VisitRefusedError("Δημοσιεύστε πρώτα το φύλλο ελέγχου του φορέα, στις «Φόρμες».")
    return published(body, CODE, SHIPPED, missing, at=at)
