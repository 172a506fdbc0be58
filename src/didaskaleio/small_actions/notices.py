"""Notices of room small_actions: what organisers, approvers and participants are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, Message, declare, send
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.small_actions.models import Seat, SmallAction

SEAT = declare(Kind("small_actions.seat", "Η θέση μου σε ημερίδα ή εργαστήριο", optional=False))
REMINDER = declare(Kind("small_actions.reminder", "Υπενθύμιση ημερίδας ή εργαστηρίου"))
DESK = declare(Kind("small_actions.desk", "Εγκρίσεις μικρών δράσεων"))
ISSUED = declare(Kind("small_actions.issued", "Έκδοση βεβαίωσης συμμετοχής", optional=False))


def when_and_where(action: SmallAction) -> str:
    """«Δευτέρα 6 Μαρτίου 2023, 17:00, Εργαστήριο Α»."""
    return f"{greek.long_moment(action.starts_at)}, {action.where}"


def _url(action: SmallAction) -> str:
    return reverse("small_actions:action", args=[action.pk])


def _say(
    kind: Kind, ids: Iterable[int], action: SmallAction, words: tuple[str, str, str], at: datetime
) -> None:
    title, text, key = words
    dedupe = f"small:{action.pk}:{key}"
    url = _url(action)
    send(kind, [Message(pk, title, text, dedupe, url) for pk in dict.fromkeys(ids)], at=at)


def seated(seat: Seat, *, at: datetime) -> None:
    """Somebody has a place from the start."""
    action = seat.action
    words = (f"Έχετε θέση: {action}", when_and_where(action), f"seat:{seat.pk}")
    _say(SEAT, [seat.person_id], action, words, at)


def queued(seat: Seat, *, before: int, at: datetime) -> None:
    """Somebody waits for a place."""
    ahead = f"Πριν από εσάς: {before}. " if before else "Έχετε την πρώτη σειρά. "
    text = f"{ahead}Μόλις ελευθερωθεί θέση, την παίρνετε και ειδοποιείστε."
    words = (f"Σε αναμονή: {seat.action}", text, f"wait:{seat.pk}")
    _say(SEAT, [seat.person_id], seat.action, words, at)


def admitted(action: SmallAction, ids: Iterable[int], *, at: datetime) -> None:
    """A place was found for whoever waited."""
    text = f"{when_and_where(action)}\nΑν δεν μπορείτε πια, αποσύρετε την εγγραφή σας."
    words = (f"Βρέθηκε θέση: {action}", text, f"admit:{at.isoformat()}")
    _say(SEAT, ids, action, words, at)


def unplaced(action: SmallAction, ids: Iterable[int], *, at: datetime) -> None:
    """The action began and no place was found."""
    words = (f"Δεν βρέθηκε θέση: {action}", "Η δράση άρχισε χωρίς να ελευθερωθεί θέση.", "none")
    _say(SEAT, ids, action, words, at)


def moved(action: SmallAction, ids: Iterable[int], *, at: datetime) -> None:
    """Another time or place."""
    text = f"Νέα στοιχεία: {when_and_where(action)}"
    words = (f"Αλλαγή: {action}", text, f"moved:{action.revision}")
    _say(SEAT, ids, action, words, at)


def reminded(action: SmallAction, ids: Iterable[int], *, at: datetime) -> None:
    """It is tomorrow."""
    text = f"{when_and_where(action)}\nΑν δεν μπορείτε, αποσύρετε την εγγραφή για να πάρει άλλος."
    words = (f"Πλησιάζει: {action}", text, f"remind:{action.revision}")
    _say(REMINDER, ids, action, words, at)


def called_off(action: SmallAction, ids: Iterable[int], *, reason: str, at: datetime) -> None:
    """It does not take place."""
    words = (f"Ματαιώθηκε: {action}", f"{when_and_where(action)}\nΑιτιολογία: {reason}", "off")
    _say(SEAT, ids, action, words, at)


def asked(action: SmallAction, *, at: datetime) -> None:
    """The body, else the region, is asked to approve."""
    if action.body_id:
        held = people.holders(Role.BODY_OFFICER, Scope.BODY, action.body_id, at=at)
    else:
        region = action.prefecture.region_id
        held = people.holders(Role.REGIONAL_OFFICER, Scope.REGION, region, at=at)
    text = f"{action.get_kind_display()}, {action.host}. {when_and_where(action)}"
    words = (f"Προς έγκριση: {action}", text, f"ask:{at.isoformat()}")
    _say(DESK, held.values_list("pk", flat=True), action, words, at)


def decided(action: SmallAction, words: str, *, reason: str = "", at: datetime) -> None:
    """Whoever wrote the action reads the decision."""
    text = f"Αιτιολογία: {reason}" if reason else when_and_where(action)
    said = (f"{words}: {action}", text, f"decided:{at.isoformat()}")
    _say(DESK, [action.created_by_id], action, said, at)


def issued(seats: Iterable[Seat], *, at: datetime) -> None:
    """Attestations were issued."""
    found = [
        Message(
            seat.person_id,
            "Εκδόθηκε η βεβαίωση συμμετοχής σας",
            f"{seat.action}. Αριθμός {seat.credential.number}, "
            f"κωδικός επαλήθευσης {seat.credential.code}.",
            seat.credential.number,
            "/my/credentials/",
        )
        for seat in seats
        if seat.credential is not None
    ]
    send(ISSUED, found, at=at)


def not_issued(action: SmallAction, refused: Iterable[str], *, at: datetime) -> None:
    """Whoever organises learns which attestations could not be issued, and why."""
    text = "\n".join(refused)
    words = (f"Δεν εκδόθηκαν βεβαιώσεις: {action}", text, f"unissued:{at.isoformat()}")
    _say(DESK, [action.created_by_id], action, words, at)
