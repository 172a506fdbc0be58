"""The first words of a task that is given for an exception: what waits, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from didaskaleio.delivery import queries
from didaskaleio.delivery.web import show
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.programmes.models import Programme

DAYS = timedelta(days=7)
ASKED = {
    "over": "Επικοινωνήστε με το κέντρο για τη συνέχιση ή τη διαγραφή.",
    "edge": "Φροντίστε να μάθει το πρόσωπο τι μένει ως το όριο.",
    "near": "Φροντίστε να μάθει το πρόσωπο τι μένει ως το όριο.",
    "unsigned": "Ζητήστε να υπογραφεί το παρουσιολόγιο.",
    "not_held": "Φροντίστε να οριστεί νέα ώρα για τη συνάντηση.",
    "disputes": "Συγκεντρώστε τα στοιχεία που χρειάζεται η απόφαση.",
    "excuses": "Ζητήστε να αποφασιστεί η δικαιολόγηση.",
    "proposals": "Ζητήστε απάντηση στην πρόταση αλλαγής ώρας.",
    "countersign": "Ζητήστε να μπει η δεύτερη υπογραφή.",
    "async": "Ζητήστε να επιβεβαιωθούν οι ασύγχρονες ώρες.",
    "reports": "Ζητήστε να υποβληθεί η έκθεση της συνάντησης.",
    "removed": "Ελέγξτε ότι το πρόσωπο έχει ενημερωθεί.",
}


def first_words(programme: Programme, about: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Title, text and deadline as they are proposed; nothing where no exception is named.

    No name of a person is written: whoever receives the task may not read it.
    """
    name = about["about"]
    if not name:
        return {}
    title, session, place = (
        queries.exceptions.SOURCES[name][0],
        about["session"],
        about["application"],
    )
    facts = [programme.code]
    facts += [f"{session}, {show.when(session)}"] if session else []
    facts += [f"αίτηση {place.number}"] if place and place.number else []
    return {
        "title": f"{title}: {session or programme.code}",
        "text": f"{' · '.join(facts)}. {ASKED[name]} Γράψτε εδώ τι έγινε.",
        "due_on": (at + DAYS).astimezone(ATHENS).date(),
    }
