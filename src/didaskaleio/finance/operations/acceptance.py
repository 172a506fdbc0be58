"""Acceptance (παραλαβή): committees, minutes over lines of work, verdicts, signatures, the seal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from didaskaleio.credentials import operations as credentials
from didaskaleio.finance.documents import MINUTES_PDF
from didaskaleio.finance.enums import MinutesState
from didaskaleio.finance.errors import MinutesRefusedError
from didaskaleio.finance.lifecycle import MINUTES
from didaskaleio.finance.models import (
    Committee,
    CommitteeMember,
    Minutes,
    MinutesItem,
    MinutesSignature,
    WorkLine,
)
from didaskaleio.finance.notices import payments as notices
from didaskaleio.finance.operations.work import move_exactly
from didaskaleio.finance.queries import acceptance as queries
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction

MINUTES.model = Minutes
FEWEST, MOST = 3, 500
MARK = "ΠΠ"
TAKEN = MinutesRefusedError(
    "Κάποιες γραμμές μπήκαν στο μεταξύ σε άλλο πρακτικό. Ανανεώστε τη σελίδα και επιλέξτε ξανά."
)


@dataclass(frozen=True)
class CommitteeFacts:
    """What the decision that appoints a committee says (συγκρότηση)."""

    title: str
    decision: str
    quorum: str
    valid_from: date
    valid_until: date
    members: Sequence[Person]


def appoint(
    action: TrainingAction, facts: CommitteeFacts, *, actor: Actor, at: datetime
) -> Committee:
    """Appoint a committee (συγκρότηση επιτροπής); the first of the members presides."""
    access.require(actor, "pay_action.keep", action)
    if len({person.pk for person in facts.members}) < FEWEST:
        raise MinutesRefusedError(
            f"Η επιτροπή έχει τουλάχιστον {FEWEST} διαφορετικά μέλη: προσθέστε όσα λείπουν."
        )
    if facts.valid_until < facts.valid_from:
        raise MinutesRefusedError("Η θητεία λήγει πριν αρχίσει: διορθώστε τις ημερομηνίες.")
    with transaction.atomic():
        committee = Committee.objects.create(
            action=action,
            title=greek.clean(facts.title).strip(),
            decision=greek.clean(facts.decision).strip(),
            quorum=facts.quorum,
            valid_from=facts.valid_from,
            valid_until=facts.valid_until,
        )
        CommitteeMember.objects.bulk_create(
            CommitteeMember(committee=committee, person=person, presides=place == 0)
            for place, person in enumerate(facts.members)
        )
        journal.write(committee, "Συγκροτήθηκε", actor=actor, at=at)
        notices.appointed(committee, at=at)
    return committee


def draw_up(
    committee: Committee, chosen: Collection[int], *, actor: Actor, at: datetime
) -> Minutes:
    """Draw up minutes (σύνταξη πρακτικού) over the chosen lines; nobody accepts own work."""
    access.require(actor, "committee.keep", committee)
    day = at.astimezone(ATHENS).date()
    if not committee.holds(day):
        raise MinutesRefusedError("Η θητεία της επιτροπής δεν καλύπτει τη σημερινή ημέρα.")
    if not 0 < len(set(chosen)) <= MOST:
        raise MinutesRefusedError(f"Επιλέξτε από 1 έως {MOST} γραμμές για το πρακτικό.")
    with unless_taken(TAKEN):
        ids = list(
            queries.examinable(committee, day).filter(pk__in=chosen).values_list("pk", flat=True)
        )
        if len(ids) < len(set(chosen)):
            raise TAKEN
        minutes = Minutes.objects.create(committee=committee, by_id=actor.person_id, at=at)
        MinutesItem.objects.bulk_create(MinutesItem(minutes=minutes, line_id=pk) for pk in ids)
        move_exactly("examine", ids, actor=actor, at=at)
        journal.write(minutes, "Συντάχθηκε", actor=actor, at=at, lines=ids)
    return minutes


def judge(minutes: Minutes, item: MinutesItem, *, refusal: str, actor: Actor, at: datetime) -> None:
    """Say of one line that it is not taken over, and why; an empty reason takes it over."""
    with transaction.atomic():
        held = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
        access.require(actor, "minutes.judge", held)
        if held.state != MinutesState.DRAFT:
            raise MinutesRefusedError(
                "Το πρακτικό στάλθηκε για υπογραφή και δεν αλλάζει. Αν χρειάζεται, αποσύρετέ το."
            )
        item.refusal = greek.clean(refusal).strip()
        item.save(update_fields=["refusal"])
        act = "Γραμμή που δεν παραλαμβάνεται" if item.refusal else "Γραμμή που παραλαμβάνεται"
        journal.write(held, act, actor=actor, at=at, reason=item.refusal, line=item.line_id)


@MINUTES.performs("circulate")
def circulate(minutes: Minutes, *, actor: Actor, at: datetime) -> None:
    """Send the minutes to the members (αποστολή για υπογραφή); from now on nothing changes."""
    minutes.digest = queries.digest_of(minutes)
    notices.to_sign(minutes, at=at)


def sign(minutes: Minutes, *, actor: Actor, at: datetime, seen: str) -> None:
    """Sign as a member (υπογραφή μέλους) what was seen; the last needed signature seals."""
    with transaction.atomic():
        held = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
        access.require(actor, "minutes.sign", held)
        _check_signature(held, actor, at, seen)
        MinutesSignature.objects.create(
            minutes=held, person_id=actor.person_id, digest=held.digest, at=at
        )
        journal.write(held, "Υπογράφηκε από μέλος", actor=actor, at=at, digest=held.digest)
        signed, members = held.signatures.count(), held.committee.members.count()
        if signed >= held.committee.needed(members):
            seal(held, actor=SYSTEM, at=at)
    minutes.refresh_from_db()


def _check_signature(minutes: Minutes, actor: Actor, at: datetime, seen: str) -> None:
    if minutes.state != MinutesState.SIGNING:
        raise MinutesRefusedError("Το πρακτικό δεν περιμένει υπογραφές. Ανανεώστε τη σελίδα.")
    if seen != minutes.digest:
        raise MinutesRefusedError("Το πρακτικό δεν είναι αυτό που είδατε. Διαβάστε το ξανά.")
    if minutes.signatures.filter(person=actor.person_id).exists():
        raise MinutesRefusedError("Το έχετε ήδη υπογράψει.")
    own = minutes.items.filter(line__payee__person=actor.person_id)
    if own.exists() or _centres_of(minutes, actor):
        raise MinutesRefusedError(
            "Το πρακτικό έχει δικό σας έργο ή έργο του κέντρου σας και δεν το παραλαμβάνετε εσείς. "
            "Ζητήστε από την οικονομική υπηρεσία να το αποσύρει."
        )
    if not minutes.committee.holds(at.astimezone(ATHENS).date()):
        raise MinutesRefusedError("Η θητεία της επιτροπής έχει λήξει.")


def _centres_of(minutes: Minutes, actor: Actor) -> bool:
    centres = {post.scope_id for post in actor.posts if post.role == "centre_manager"}
    return minutes.items.filter(line__payee__centre__in=centres).exists()


@MINUTES.performs("seal")
def seal(minutes: Minutes, *, actor: Actor, at: datetime) -> None:
    """Seal the minutes (σφράγιση): number, PDF, and the verdict on every line."""
    accepted = list(minutes.items.filter(refusal="").values_list("line_id", flat=True))
    move_exactly("accept", accepted, actor=actor, at=at)
    refused = list(minutes.items.exclude(refusal=""))
    for item in refused:
        move_exactly("refuse", [item.line_id], actor=actor, at=at, reason=item.refusal)
    minutes.number = _number(minutes, at)
    minutes.document = _printed(minutes, at)
    notices.judged(WorkLine.objects.filter(pk__in=accepted), refused, minutes, at=at)


def _number(minutes: Minutes, at: datetime) -> str:
    body = minutes.committee.action.body
    return credentials.body_number(MINUTES_PDF.series, body, at=at, mark=MARK)


def _printed(minutes: Minutes, at: datetime) -> StoredDocument:
    return credentials.issue_sealed(
        MINUTES_PDF,
        minutes,
        body=minutes.committee.action.body,
        number=minutes.number,
        what="Το πρακτικό",
        actor=SYSTEM,
        at=at,
    )


@MINUTES.performs("withdraw")
def withdraw(minutes: Minutes, *, actor: Actor, at: datetime, reason: str) -> None:
    """Withdraw minutes (απόσυρση): their lines wait for other minutes."""
    ids = list(minutes.items.values_list("line_id", flat=True))
    move_exactly("put_back", ids, actor=actor, at=at)
    minutes.items.update(live=False)
