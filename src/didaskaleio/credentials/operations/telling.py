"""News of signing cases (ειδοποιήσεις): to whoever signs next, and to all when it ends."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.credentials import notices as kinds
from didaskaleio.credentials.enums import SigningState
from didaskaleio.credentials.models import Signatory, SigningCase
from didaskaleio.kernel import notices
from didaskaleio.kernel.notices import Message
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import holders

SAID = {
    SigningState.COMPLETED: "Το έγγραφο υπογράφηκε από όλους. Κατεβάστε το από τον φάκελο.",
    SigningState.DECLINED: "Η υπογραφή του εγγράφου δεν έγινε δεκτή και ο φάκελος έκλεισε.",
    SigningState.WITHDRAWN: "Ο φορέας απέσυρε το έγγραφο: δεν χρειάζεται πια υπογραφή.",
}


def tell_turn(case: SigningCase, at: datetime) -> None:
    """Whoever signs now learns of it; for a body, its heads."""
    text = "Ήρθε η σειρά σας να υπογράψετε. Στη σελίδα του φακέλου θα δείτε με ποιους τρόπους."
    _send_turn(case, kinds.TURN, "Προς υπογραφή", text, at)


def tell_again(case: SigningCase, at: datetime) -> None:
    """A reminder of the same."""
    text = "Το έγγραφο περιμένει ακόμη την υπογραφή σας."
    _send_turn(case, kinds.REMINDER, "Υπενθύμιση υπογραφής", text, at)


def _send_turn(case: SigningCase, kind: notices.Kind, head: str, text: str, at: datetime) -> None:
    turn = case.turn
    if turn is None:
        return
    people = [turn.person_id] if turn.person_id else _heads(turn.body_id, at)
    news = f"turn-{turn.pk}"
    sent = [Message(pk, f"{head}: {case.title}", text, news, _url(case)) for pk in people if pk]
    notices.send(kind, sent, at=at)


def tell_replaced(
    case: SigningCase, row: Signatory, before: Person, reason: str, at: datetime
) -> None:
    """Who no longer signs and who does in their place; the former has no page to open any more."""
    news = f"replaced-{row.pk}-{at.isoformat()}"
    away = f"Στη θέση σας υπογράφει: {row.person}. {reason}"
    due = "Ήρθε η σειρά σας." if case.turn_id == row.pk else "Όταν έρθει η σειρά σας, θα το μάθετε."
    mine = f"Υπογράφετε στη θέση: {before}. {reason} {due}"
    sent = [
        Message(before.pk, f"Δεν χρειάζεται πια η υπογραφή σας: {case.title}", away, news),
        Message(row.person_id or 0, f"Θα υπογράψετε: {case.title}", mine, news, _url(case)),
    ]
    notices.send(kinds.REPLACED, sent, at=at)


def _heads(body_id: int | None, at: datetime) -> list[int]:
    people = holders(Role.BODY_HEAD, Scope.BODY, body_id, at=at)
    return list(people.values_list("pk", flat=True))


def tell_end(case: SigningCase, state: SigningState, at: datetime, reason: str = "") -> None:
    """All who were to sign, and whoever opened the case, learn how it ended."""
    people = set(case.signatories.values_list("person_id", flat=True)) | {case.opened_by_id}
    text = f"{SAID[state]} {reason}".strip()
    title = f"{state.label}: {case.title}"
    news = [
        Message(pk, title, text, f"case-{case.pk}-{state}", _url(case))
        for pk in sorted(one for one in people if one)
    ]
    notices.send(kinds.ENDED, news, at=at)


def _url(case: SigningCase) -> str:
    return reverse("credentials:case", args=[case.pk])
