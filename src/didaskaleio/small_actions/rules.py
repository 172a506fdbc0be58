"""Rules of small actions (κανόνες μικρών δράσεων) that need no database. Pure.

The seeds ask for a way that is light; what is heavy is asked only where it is owed: whoever is
invited in numbers, or receives an attestation, has the action approved first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from didaskaleio.small_actions.enums import SmallActionKind

TEACHING_HOUR = timedelta(minutes=45)
LONGEST = timedelta(hours=12)
MOST_PLACES = 500
REMIND = timedelta(hours=24)
EARLY = timedelta(minutes=30)
APPROVED_FIRST = frozenset({SmallActionKind.DAY})


def needs_approval(kind: str, *, attested: bool) -> bool:
    """Whether an action of this kind waits for the approval of the body or the region."""
    return attested or kind in APPROVED_FIRST


def problem_of_time(starts: datetime, ends: datetime, hours: int, at: datetime) -> tuple[str, str]:
    """The field and the sentence of what is wrong with the hours, both empty where all is well."""
    if starts <= at:
        return "starts_at", "Η έναρξη έχει περάσει. Δώστε μελλοντική ημέρα και ώρα."
    if ends <= starts:
        return "ends_at", "Η λήξη πρέπει να είναι μετά την έναρξη. Διορθώστε την ώρα λήξης."
    if ends - starts > LONGEST:
        return "ends_at", (
            "Μία μικρή δράση κρατά έως 12 ώρες. Για περισσότερες ημέρες ορίστε μία για καθεμία."
        )
    if hours * TEACHING_HOUR > ends - starts:
        fits = (ends - starts) // TEACHING_HOUR
        return "hours", (
            f"Από την έναρξη έως τη λήξη χωρούν {fits} διδακτικές ώρες των 45 λεπτών. "
            "Διορθώστε τις ώρες ή τη λήξη."
        )
    return "", ""


def freed(places: int, taken: int, waiting: int) -> int:
    """How many of those who wait can have a place."""
    return max(0, min(places - taken, waiting))
