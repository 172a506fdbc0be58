"""Signs of presence (ενδείξεις): the code of the room, marks of a device, decisions on them.

A sign fills in who has no mark; whoever has one keeps it, and what disagrees waits for the
trainer (``rule``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import Attendee, Mark, Source
from didaskaleio.delivery.errors import CodeRefusedError, NotApplicableError, SheetSignedError
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import Attendance, Ruling, Sign, TrainingSession
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.delivery.operations.marks import hold, mark
from didaskaleio.delivery.rules import Marking, codes
from didaskaleio.delivery.rules import signs as core
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes import parameters

STALE = "Ο κωδικός δεν ισχύει. Διαβάστε αυτόν που φαίνεται τώρα στην οθόνη και δοκιμάστε ξανά."
OTHERS_DEVICE = (
    "Από αυτή τη συσκευή δήλωσε ήδη παρουσία άλλο πρόσωπο. "
    "Χρησιμοποιήστε τη δική σας ή ζητήστε από τον επιμορφωτή ή την επιμορφώτρια να σας σημειώσει."
)


def check_in(code: str, *, device: str, actor: Actor, at: datetime) -> Sign:
    """Declare that one is there (δήλωση παρουσίας) by the code that the trainer's screen shows.

    One person once, from one device; the same declaration again changes nothing.
    """
    key = queries.secret()
    for session in queries.checking_in(actor, at).order_by("starts_at", "pk"):
        if codes.holds(key, session.pk, code, at):
            with unless_taken(CodeRefusedError(OTHERS_DEVICE)):
                return _checked_in(session, device, actor, at)
    raise CodeRefusedError(STALE)


def _checked_in(session: TrainingSession, device: str, actor: Actor, at: datetime) -> Sign:
    held = hold(session)
    if held.state in UNMARKED:
        raise SheetSignedError(
            "Το παρουσιολόγιο υπογράφηκε. Αν λείπει η παρουσία σας, υποβάλετε αντίρρηση."
        )
    row = held.roll.get(person_id=actor.user_id or 0, attendee=Attendee.TRAINEE)
    known = row.signs.filter(source=Source.CODE).first()
    if known is not None:
        return known
    tolerance = parameters.of(held.programme.period.action, at).late_from_minutes
    full = queries.full_minutes(held, at)
    said, late = core.by_arrival(at, held.starts_at, tolerance, full)
    made = Sign(row=row, source=Source.CODE, mark=said, late=late, seen_at=at, client=device)
    return record(held, [made], actor=actor, at=at)[0]


def record(
    session: TrainingSession, made: Sequence[Sign], *, actor: Actor, at: datetime
) -> list[Sign]:
    """Keep signs of a held session and fill in whoever has no mark yet."""
    for one in made:
        one.session, one.received_at, one.by_id = session, at, actor.user_id
    kept = Sign.objects.bulk_create(made)
    open_rows = set(session.roll.filter(mark=Mark.UNKNOWN).values_list("pk", flat=True))
    fresh = {one.row_id: Marking(one.mark, one.late) for one in kept if one.row_id in open_rows}
    if fresh:
        mark(session, fresh, at)
    return kept


def note_list(
    session: TrainingSession, changed: Iterable[Attendance], *, actor: Actor, at: datetime
) -> None:
    """The trainer's list said something new of these rows."""
    full = queries.full_minutes(session, at)
    Sign.objects.bulk_create(
        Sign(
            session=session,
            row=row,
            source=Source.LIST,
            mark=row.mark,
            late=full - row.minutes if row.mark == Mark.LATE else 0,
            seen_at=at,
            received_at=at,
            by_id=actor.user_id,
        )
        for row in changed
    )


def rule(row: Attendance, marking: Marking, *, reason: str, actor: Actor, at: datetime) -> Ruling:
    """Decide what holds where sources disagree (απόφαση για ασυμφωνία), with the reason."""
    words = written(reason, "Γράψτε την αιτιολογία: μένει στο ιστορικό της συνάντησης.")
    with transaction.atomic():
        held = hold(row.session)
        access.require(actor, "session.rule", row)
        if held.state in UNMARKED:
            raise SheetSignedError("Το παρουσιολόγιο υπογράφηκε και δεν αλλάζει.")
        waiting = {one.row.pk: one for one in queries.disagreements(held, at)}
        if row.pk not in waiting:
            raise NotApplicableError("Η ασυμφωνία δεν υπάρχει πια. Ανανεώστε τη σελίδα.")
        mark(held, {row.pk: marking}, at)
        late = marking.late if marking.mark == Mark.LATE else 0
        made = Ruling.objects.create(
            row=row, mark=marking.mark, late=late, reason=words, by_id=actor.user_id or 0, at=at
        )
        act = f"Απόφαση για ασυμφωνία παρουσίας: {Mark(marking.mark).label.lower()}"
        said = [f"{one.source}: {one.mark} {one.late}" for one in waiting[row.pk].signs]
        journal.write(held, act, actor=actor, at=at, reason=words, row=row.pk, said=said)
    return made


@dataclass(frozen=True)
class DeviceMark:
    """A mark as a device made it (σημείωση συσκευής): numbered, with its own moment."""

    client: str
    counter: int
    row: int
    marking: Marking
    seen_at: datetime


def merge(
    session: TrainingSession,
    marks: Sequence[DeviceMark],
    *,
    topic: str | None,
    actor: Actor,
    at: datetime,
) -> int:
    """Take in marks made without a line (συγχρονισμός); each counts once, in any order.

    Returns how many were overtaken: by a later mark of another source, or by the signature. They
    are kept and listed, and change nothing by themselves.
    """
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.teach", held)
        signed = held.state in UNMARKED
        if not signed and not queries.may_mark(held, at):
            raise NotApplicableError(
                "Οι παρουσίες σημειώνονται από μισή ώρα πριν από την έναρξη και μετά."
            )
        made = _fresh(held, marks, at)
        standing = _judged(held, made, signed=signed)
        for one in made:
            one.session, one.received_at, one.by_id = held, at, actor.user_id
        Sign.objects.bulk_create(made)
        if not signed:
            mark(held, standing, at)
            _save_topic(held, topic, at)
    return sum(one.overtaken for one in made)


def _save_topic(session: TrainingSession, topic: str | None, at: datetime) -> None:
    session.draft_saved_at = at
    if topic is not None:
        session.topic = topic
    session.save(update_fields=["topic", "draft_saved_at"])


def _fresh(session: TrainingSession, marks: Sequence[DeviceMark], at: datetime) -> list[Sign]:
    """The marks that have not arrived before, of people who still stand in the roll."""
    rows = set(session.roll.values_list("pk", flat=True))
    clients = {one.client for one in marks}
    of_device = Sign.objects.filter(session=session, source=Source.LIST, client__in=clients)
    known = set(of_device.values_list("client", "counter"))
    longest, found = queries.full_minutes(session, at) - 1, {}
    for one in sorted(marks, key=lambda each: each.counter):
        if one.row in rows and (one.client, one.counter) not in known:
            late = min(max(one.marking.late, 1), longest) if one.marking.mark == Mark.LATE else 0
            found[one.client, one.counter] = Sign(
                row_id=one.row,
                source=Source.LIST,
                mark=one.marking.mark,
                late=late,
                seen_at=min(one.seen_at, at),
                client=one.client,
                counter=one.counter,
            )
    return list(found.values())


def _judged(session: TrainingSession, made: list[Sign], *, signed: bool) -> dict[int, Marking]:
    """Which of the marks stand on the roll now; the others are told overtaken or superseded."""
    before = list(Sign.objects.filter(session=session))
    standing: dict[int, Marking] = {}
    for one in made:
        if any(_supersedes(other, one) for other in (*before, *made)):
            continue
        one.overtaken = signed or any(_overtakes(other, one) for other in before)
        if not one.overtaken:
            standing[one.row_id] = Marking(one.mark, one.late)
    return standing


def _supersedes(known: Sign, one: Sign) -> bool:
    """The same device said something later of the same person."""
    same = (known.row_id, known.client) == (one.row_id, one.client)
    return same and (known.counter or 0) > (one.counter or 0)


def _overtakes(known: Sign, one: Sign) -> bool:
    other = known.row_id == one.row_id and known.client != one.client
    if not other or known.seen_at <= one.seen_at:
        return False
    return not core.agree(known.mark, known.late, one.mark, one.late)
