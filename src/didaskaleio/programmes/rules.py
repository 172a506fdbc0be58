"""Order of the phases of a period (σειρά των φάσεων; 001 §3–4): pure, for form and operation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.greek import short_date, short_moment

Moments = Mapping[str, "datetime | date | None"]
MOMENTS = (
    "proposals_open",
    "proposals_close",
    "phase_a_opens",
    "phase_a_closes",
    "phase_b_opens",
    "phase_b_closes",
    "enrolment_opens",
    "enrolment_closes",
    "starts_at",
)
DAYS = ("first_day", "last_day")
CLOSES = ("proposals_close", "phase_a_closes", "phase_b_closes", "enrolment_closes")
# what must come after what, with what the person reads at the later field
FOLLOWS = (
    ("proposals_close", "proposals_open", "Οι προτάσεις λήγουν μετά το άνοιγμά τους"),
    ("phase_a_opens", "proposals_close", "Η Α΄ φάση ανοίγει μετά τη λήξη των προτάσεων"),
    ("phase_a_closes", "phase_a_opens", "Η Α΄ φάση λήγει μετά το άνοιγμά της"),
    ("phase_b_opens", "phase_a_closes", "Η Β΄ φάση ανοίγει μετά τη λήξη της Α΄ φάσης"),
    ("phase_b_closes", "phase_b_opens", "Η Β΄ φάση λήγει μετά το άνοιγμά της"),
    ("enrolment_opens", "phase_b_closes", "Οι εγγραφές ανοίγουν μετά τη λήξη της Β΄ φάσης"),
    ("enrolment_closes", "enrolment_opens", "Οι εγγραφές λήγουν μετά το άνοιγμά τους"),
    ("starts_at", "enrolment_closes", "Τα μαθήματα αρχίζουν μετά τη λήξη των εγγραφών"),
)


def out_of_order(moments: Moments, *, now: datetime | None = None) -> dict[str, str]:
    """Field → sentence for every moment that does not follow the one before it (σειρά).

    Moments that are missing are left alone: their own field says so. With ``now`` (a new period)
    the window of proposals must not be over already.
    """
    found = {
        later: f"{words} ({short_moment(before)}): δώστε μεταγενέστερη στιγμή."
        for later, earlier, words in FOLLOWS
        if isinstance(before := moments.get(earlier), datetime)
        and isinstance(after := moments.get(later), datetime)
        and after <= before
    }
    closes = moments.get("proposals_close")
    if now is not None and isinstance(closes, datetime) and closes <= now:
        found["proposals_close"] = (
            "Η λήξη των προτάσεων έχει ήδη περάσει: δώστε στιγμή που έρχεται."
        )
    return found | _days(moments)


def _days(moments: Moments) -> dict[str, str]:
    starts, first, last = (moments.get(name) for name in ("starts_at", *DAYS))
    found = {}
    if isinstance(starts, datetime) and first is not None:
        begins = starts.astimezone(ATHENS).date()
        if first < begins:
            found["first_day"] = (
                "Η πρώτη ημέρα μαθημάτων δεν προηγείται της έναρξης "
                f"({short_date(begins)}): δώστε την ίδια ή μεταγενέστερη."
            )
    if first is not None and last is not None and last <= first:
        found["last_day"] = (
            f"Η τελευταία ημέρα μαθημάτων ακολουθεί την πρώτη ({short_date(first)}): "
            "δώστε μεταγενέστερη."
        )
    return found


def weeks_ahead(moments: Moments, now: datetime) -> int:
    """By how many whole weeks the next period stands after the one with these ``moments``.

    The least number that puts its proposals after ``now`` and its lessons after the last day.
    """
    opens, first, last = (moments[name] for name in ("proposals_open", *DAYS))
    assert isinstance(opens, datetime)  # noqa: S101 - the column is a moment
    assert first is not None  # noqa: S101 - the column is never empty
    assert last is not None  # noqa: S101 - the column is never empty
    after_lessons = (last - first).days // 7 + 1
    return max(after_lessons, (now - opens).days // 7 + 1)


def shifted(moments: Moments, weeks: int) -> dict[str, datetime | date]:
    """The same moments ``weeks`` later, at the same hours of the clock of Greece."""
    span = timedelta(weeks=weeks)
    return {
        name: (value.astimezone(ATHENS) if isinstance(value, datetime) else value) + span
        for name, value in moments.items()
        if value is not None
    }


def next_code(code: str) -> str:
    """The code after ``code``: its last number plus one, or «-2»."""
    found = re.fullmatch(r"(.*?)(\d+)", code)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{code}-2"
