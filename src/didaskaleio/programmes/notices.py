"""Notices of room programmes: what centre, trainer and officers are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel.notices import Kind, Message, declare, send
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.models import Programme

PROPOSAL = declare(Kind("programmes.proposal", "Η πορεία των προτάσεων προγραμμάτων"))
AGREEMENT = declare(Kind("programmes.agreement", "Συμφωνία επιμορφωτή/τριας με το ωρολόγιο"))


@dataclass(frozen=True)
class News:
    """What is told when a step is taken, and to whom."""

    kind: Kind
    title: str
    text: str
    centre: bool = True
    trainer: bool = True


NEWS = {
    "agree": News(
        AGREEMENT,
        "Συμφωνία για το {code}",
        "Η συμφωνία δόθηκε. Μπορείτε να υποβάλετε την πρόταση.",
        trainer=False,
    ),
    "agree_again": News(
        AGREEMENT,
        "Συμφωνία για το {code}",
        "Η συμφωνία δόθηκε. Μπορείτε να υποβάλετε ξανά την πρόταση.",
        trainer=False,
    ),
    "fail_checks": News(PROPOSAL, "Επιστράφηκε το {code}", "Ο έλεγχος βρήκε:\n{reason}"),
    "return_with_remarks": News(PROPOSAL, "Επιστράφηκε το {code}", "Παρατηρήσεις: {reason}"),
    "approve": News(PROPOSAL, "Εγκρίθηκε το {code}", "Το πρόγραμμα «{title}» εγκρίθηκε."),
    "reject": News(PROPOSAL, "Απορρίφθηκε το {code}", "Αιτιολογία: {reason}"),
}


def tell(step: str, programmes: Iterable[Programme], *, at: datetime, reason: str = "") -> None:
    """Tell those concerned that a step was taken on these programmes."""
    if (news := NEWS.get(step)) is not None:
        send(news.kind, _messages(news, step, programmes, at, reason), at=at)


def _messages(
    news: News, step: str, programmes: Iterable[Programme], at: datetime, reason: str
) -> Iterator[Message]:
    for programme in programmes:
        facts = {"code": programme.code, "title": str(programme), "reason": reason}
        url = reverse("programmes:proposal", args=[programme.pk])
        for person in _audience(programme, at, centre=news.centre, trainer=news.trainer):
            yield Message(
                person,
                news.title.format(**facts),
                news.text.format(**facts),
                f"{step}:{programme.pk}:{programme.revision}:{at.isoformat()}",
                url,
            )


def _audience(programme: Programme, at: datetime, *, centre: bool, trainer: bool) -> list[int]:
    found: list[int] = []
    if centre:
        held = people.holders(Role.CENTRE_MANAGER, Scope.CENTRE, programme.centre_id, at=at)
        found.extend(held.values_list("pk", flat=True))
    if trainer and programme.trainer_id:
        found.append(programme.trainer_id)
    return list(dict.fromkeys(found))


def ask_agreement(programme: Programme, *, at: datetime) -> None:
    """Ask the trainer to look at the proposal and agree, or propose changes."""
    _one(
        programme,
        _audience(programme, at, centre=False, trainer=True),
        f"Ζητείται η συμφωνία σας για το {programme.code}",
        f"Το κέντρο {programme.centre} ζητά να συμφωνήσετε με το ωρολόγιο ή να προτείνετε αλλαγές.",
        f"ask:{programme.pk}:{programme.revision}",
        at,
    )


def changes_proposed(programme: Programme, message: str, *, at: datetime) -> None:
    """Tell the centre that its trainer proposes changes."""
    _one(
        programme,
        _audience(programme, at, centre=True, trainer=False),
        f"Πρόταση αλλαγών για το {programme.code}",
        message,
        f"suggest:{programme.pk}:{at.isoformat()}",
        at,
    )


def _one(
    programme: Programme, people_ids: list[int], title: str, text: str, dedupe: str, at: datetime
) -> None:
    url = reverse("programmes:proposal", args=[programme.pk])
    send(AGREEMENT, [Message(pk, title, text, dedupe, url) for pk in people_ids], at=at)
