"""Κανόνες προσκλήσεων (rules of calls): what is missing, which dates stand; no database."""

from __future__ import annotations

import secrets
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from didaskaleio.courses import profiles
from didaskaleio.kernel import calendar, greek

LAST_MOMENT = time(23, 59, 59)
SATURDAY = 5


def after_months(at: datetime, months: int) -> datetime:
    """The end of the same day so many months later; of a shorter month, its last day."""
    total = at.month - 1 + months
    year, month = at.year + total // 12, total % 12 + 1
    day = min(at.day, monthrange(year, month)[1])
    return datetime.combine(at.date().replace(year, month, day), LAST_MOMENT, tzinfo=at.tzinfo)


def working_days_after(at: datetime, days: int) -> datetime:
    """The same hour so many working days (εργάσιμες) later: no week ends, no public holidays."""
    day, left = at.astimezone(calendar.ATHENS), days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day.date() not in calendar.public_holidays(day.year)
    return day


TEXTS = {
    "title": "Τίτλος",
    "text": "Κείμενο",
    "audience": "Σε ποιους απευθύνεται",
    "fills_name": "Τι πληρώνεται",
}
AMENDABLE = {"text": TEXTS["text"], "audience": TEXTS["audience"], "places": "Πλήθος θέσεων"}
# what a person is on the day: a call has no programme, no period and no level with clusters
AUDIENCE_KINDS = {
    kind: rule
    for kind, rule in profiles.KINDS.items()
    if not rule.of_programme and rule.asks != profiles.Asks.CLUSTERS and kind != "will_teach"
}
DECLARATION = (
    "Δηλώνω υπεύθυνα ότι τα στοιχεία και τα δικαιολογητικά της υποψηφιότητάς μου είναι αληθή, "
    "ότι έλαβα γνώση των όρων της πρόσκλησης και ότι συμφωνώ να ελεγχθούν."
)


def unsaid(call: Any) -> list[str]:
    """The texts that a call lacks, each as a sentence."""
    empty = [label for name, label in TEXTS.items() if not said(getattr(call, name))]
    return [f"Συμπληρώστε: {label}." for label in empty]


def gaps(call: Any, at: datetime) -> list[str]:
    """What a call lacks before it may be published at ``at``, each as a sentence."""
    found = unsaid(call)
    if call.form is None:
        found.append("Επιλέξτε τη φόρμα της υποψηφιότητας.")
    elif call.form.state != "published":
        found.append("Η φόρμα που επιλέξατε δεν είναι πια δημοσιευμένη. Επιλέξτε άλλη έκδοση.")
    if call.opens_at is None or call.closes_at is None:
        found.append("Ορίστε την έναρξη και τη λήξη της υποβολής.")
    elif call.closes_at <= at:
        found.append("Η λήξη της υποβολής έχει περάσει. Ορίστε νέα.")
    return found


def why_closed(call: Any, at: datetime) -> str | None:
    """Why a call receives no candidacy at ``at``, and what to do; None while it does."""
    if call.is_open(at):
        return None
    if call.state == "revoked":
        return "Η πρόσκληση ανακλήθηκε και δεν δέχεται υποψηφιότητες. Δείτε τις άλλες προσκλήσεις."
    if call.is_awaited(at):
        return f"Η υποβολή ανοίγει {said(call.opens_at)}. Δοκιμάστε τότε."
    return (
        f"Η προθεσμία έληξε: {said(call.closes_at)}. "
        "Ισχύει η τελευταία έκδοση που υποβάλατε, αν υποβάλατε."
    )


def new_code(is_taken: Callable[[str], bool]) -> str:
    """Κωδικός υποψηφιότητας: eight digits by chance, the first not 0, not taken in the call."""
    while True:
        code = str(10_000_000 + secrets.randbelow(90_000_000))
        if not is_taken(code):
            return code


def wrong_dates(opens_at: datetime | None, closes_at: datetime | None) -> str:
    """What is wrong with a window of submission; empty when it stands."""
    if opens_at and closes_at and closes_at <= opens_at:
        return "Η λήξη είναι μετά την έναρξη. Διορθώστε τις ημερομηνίες."
    return ""


def changes(call: Any, wanted: dict[str, Any]) -> list[dict[str, str]]:
    """What an amendment changes, in words: label, before, after."""
    return [
        {"label": label, "before": said(getattr(call, name)), "after": said(wanted[name])}
        for name, label in AMENDABLE.items()
        if name in wanted and said(wanted[name]) != said(getattr(call, name))
    ]


def said(value: object) -> str:
    """A value of a call as the announced act repeats it."""
    if isinstance(value, datetime):
        return greek.long_moment(value)
    if isinstance(value, int):
        return greek.number(value)
    return str(value or "").strip()
