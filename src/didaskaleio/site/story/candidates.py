"""Candidacies of the story (υποψηφιότητες): submitted, changed since, begun, withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import Actor
from didaskaleio.people.models import Person
from didaskaleio.registers import operations
from didaskaleio.registers.models import Call, Candidacy, Evidence
from didaskaleio.site.story import cast as people
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local

TEMPLATE = Path(__file__).parent / "material.typ"
HOURS = ("420", "96", "30", "640", "150", "0", "310")
DEGREES: tuple[list[str], ...] = (
    ["master"],
    [],
    ["phd"],
    ["master", "degree"],
    [],
    ["degree"],
    ["master"],
)


def past(cast: Cast, call: Call) -> None:
    """Seven teachers answered the call that has expired; one of them withdrew."""
    crowd = _crowd(cast)
    for n, person in enumerate(crowd):
        at = local(2022, 12, 12 + n, 18, 5 * n)
        row = answered(call, person, n, at)
        sent(row, people.actor(person), at + timedelta(minutes=25))
    last = Candidacy.objects.get(call=call, person=crowd[-1])
    operations.withdraw(last, actor=people.actor(crowd[-1]), at=local(2022, 12, 22, 20))


def checked(cast: Cast, call: Call) -> None:
    """After the deadline: two were complete, one not accepted, one returned; two wait."""
    officer, at = cast.actor("officer2"), local(2023, 1, 16, 11)
    rows = [Candidacy.objects.get(call=call, person=person) for person in _crowd(cast)]
    operations.accept(rows[0], actor=officer, at=at)
    operations.accept(rows[1], actor=officer, at=at + timedelta(minutes=9))
    reason = "Η βεβαίωση αφορά επιμόρφωση που παρακολουθήσατε και όχι που διδάξατε."
    operations.reject(rows[2], actor=officer, at=at + timedelta(minutes=21), reason=reason)
    operations.ask_completion(
        rows[3],
        actor=officer,
        at=at + timedelta(minutes=34),
        reason="Στη βεβαίωση δεν διαβάζονται οι ώρες. Ανεβάστε καθαρό αντίγραφο.",
        asked=["proof"],
        until=local(2023, 1, 24, 15),
    )


def _crowd(cast: Cast) -> list[Person]:
    crowd = cast.crowd["LAR", "ΠΕ70"][: len(HOURS)]
    return [*crowd[:3], cast.accounts["teacher2"], *crowd[4:]]


def present(cast: Cast, call: Call) -> None:
    """The trainer has submitted and is changing the answers; one has only begun."""
    trainer, at = cast.accounts["trainer"], local(2023, 1, 14, 19)
    row = answered(call, trainer, 0, at)
    sent(row, people.actor(trainer), at + timedelta(minutes=40))
    later: dict[str, Any] = {"hours": "460", "material": "3"}
    operations.save_answers(row, later, actor=people.actor(trainer), at=local(2023, 1, 17, 21, 10))
    other = cast.crowd["KOZ", "ΠΕ03"][30]
    operations.start(call, actor=people.actor(other), at=local(2023, 1, 17, 22))


def answered(call: Call, person: Person, n: int, at: datetime) -> Candidacy:
    """The draft of the n-th candidate, with documents of the own wallet."""
    actor = people.actor(person)
    row = operations.start(call, actor=actor, at=at)
    answers: dict[str, Any] = {
        "certificate": "yes",
        "degrees": DEGREES[n],
        "hired": date(2004 + n, 9, 1).isoformat(),
        "hours": HOURS[n],
        "ready": "4",
        "truth": True,
    }
    operations.save_answers(row, answers, actor=actor, at=at)
    certificate = _paper("Πιστοποιητικό επιμορφωτή", actor, at)
    operations.give_kept(row, "certificate_file", certificate, actor=actor, at=at)
    proof = _paper("Βεβαίωση επιμορφωτικού έργου", actor, at, date(2024, 6, 30))
    operations.give_kept(row, "proof", proof, actor=actor, at=at)
    return row


def _paper(title: str, actor: Actor, at: datetime, until: date | None = None) -> Evidence:
    """The document of the person's wallet, uploaded at the first need."""
    found = Evidence.objects.filter(person_id=actor.person_id, title=title).first()
    if found is not None:
        return found
    page = ContentFile(typesetting.render(TEMPLATE, {"title": title}, at=at))
    page.name = "vevaiosi.pdf"
    return operations.keep(page, title=title, until=until, actor=actor, at=at)


def sent(row: Candidacy, actor: Actor, at: datetime) -> None:
    """Submit a draft for the first time."""
    row = Candidacy.objects.select_related("call", "sheet").get(pk=row.pk)
    reviewed = row.sheet.saved_at.isoformat() if row.sheet else ""
    operations.send(row, actor=actor, at=at, version=0, reviewed=reviewed, accepts=True)
