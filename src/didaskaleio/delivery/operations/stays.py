"""Minutes in the virtual classroom (λεπτά παρακολούθησης): seen inside, then said of the roll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import minutes, queries
from didaskaleio.delivery.enums import Attendee, Source
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import Attendance, Sign, Stay, TrainingSession
from didaskaleio.delivery.operations import recordings
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.delivery.operations.signs import record
from didaskaleio.delivery.rules import signs
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import parameters

Visit = tuple[datetime, datetime]
Visits = Mapping[int, Sequence[Visit]]


def observe(
    session: TrainingSession, people: Collection[int], *, actor: Actor, at: datetime
) -> int:
    """Note who is inside at a moment (παρατήρηση); whoever was inside a moment ago has stayed."""
    access.require(actor, "session.observe", session)
    with transaction.atomic():
        held = hold(session)
        rows = list(held.roll.filter(person_id__in=people).values_list("pk", flat=True))
        staying = Stay.objects.filter(row__in=rows, last_seen__range=(at - minutes.GAP, at))
        known = set(staying.values_list("row_id", flat=True))
        staying.update(last_seen=at)
        Stay.objects.bulk_create(
            Stay(row_id=row, first_seen=at, last_seen=at) for row in rows if row not in known
        )
    return len(rows)


def conclude(session: TrainingSession, *, actor: Actor, at: datetime) -> int:
    """After the end: what the minutes say of each trainee (σύνοψη λεπτών); once."""
    access.require(actor, "session.observe", session)
    with transaction.atomic():
        held = hold(session)
        stays = _stays(held)
        said = Sign.objects.filter(session=held, source=Source.CLASSROOM).exists()
        if said or not stays or held.state in UNMARKED or at < held.ends_at:
            return 0
        made = _signs(held, stays, Source.CLASSROOM, at)
        record(held, made, actor=actor, at=at)
        act = "Καταγράφηκαν τα λεπτά της εικονικής αίθουσας"
        journal.write(held, act, actor=actor, at=at, people=len(stays))
    return len(made)


def replay(session: TrainingSession, visits: Visits, *, actor: Actor, at: datetime) -> int:
    """Take in what the classroom recorded itself (συμβάντα): whoever was not seen in a moment.

    The same record again changes nothing. Where minutes had been summed up, what differs now is
    one more source of the roll, and the trainer decides. Returns how many stays are new.
    """
    access.require(actor, "session.observe", session)
    with transaction.atomic():
        held = hold(session)
        fresh = _fresh(held, visits)
        Stay.objects.bulk_create(fresh)
        if fresh:
            act = "Έφτασαν τα συμβάντα της εικονικής αίθουσας"
            journal.write(held, act, actor=actor, at=at, stays=len(fresh))
            _mend(held, actor, at)
    return len(fresh)


def _fresh(session: TrainingSession, visits: Visits) -> list[Stay]:
    """The stays of people on the roll that are not known yet."""
    rows = dict(session.roll.filter(person__in=visits).values_list("person_id", "pk"))
    found = {(rows[who], a, b) for who, told in visits.items() if who in rows for a, b in told}
    kept = Stay.objects.filter(row__session=session)
    known = set(kept.values_list("row_id", "first_seen", "last_seen"))
    return [Stay(row_id=r, first_seen=a, last_seen=b) for r, a, b in sorted(found - known)]


def _mend(session: TrainingSession, actor: Actor, at: datetime) -> None:
    """After the minutes were summed up: a sign of the events for whoever has others now."""
    rows = Sign.objects.filter(session=session, source__in=[Source.CLASSROOM, Source.EVENTS])
    said = dict(rows.order_by("pk").values_list("row_id", "minutes"))
    if not said or session.state in UNMARKED:
        return
    made = _signs(session, _stays(session), Source.EVENTS, at)
    record(session, [s for s in made if said.get(s.row_id) != s.minutes], actor=actor, at=at)


def _signs(
    session: TrainingSession, stays: Mapping[int, list[Visit]], source: Source, at: datetime
) -> list[Sign]:
    rows = session.roll.filter(attendee=Attendee.TRAINEE)
    return [_sign(session, row, stays.get(row.pk, []), source, at) for row in rows]


def _stays(session: TrainingSession) -> dict[int, list[Visit]]:
    found: dict[int, list[Visit]] = defaultdict(list)
    for one in Stay.objects.filter(row__session=session):
        found[one.row_id].append((one.first_seen, one.last_seen))
    return found


def _sign(
    session: TrainingSession,
    row: Attendance,
    stays: list[Visit],
    source: Source,
    at: datetime,
) -> Sign:
    numbers = parameters.of(session.programme.period.action, at)
    inside, full = _minutes(session, stays), queries.full_minutes(session, at)
    least, tolerance = numbers.present_from_minutes, numbers.late_from_minutes
    mark, late = signs.by_minutes(inside, full, least=least, tolerance=tolerance)
    return Sign(
        row=row,
        source=source,
        mark=mark,
        late=min(late, full - 1),
        minutes=inside,
        seen_at=session.ends_at,
    )


def _minutes(session: TrainingSession, stays: list[Visit]) -> int:
    return minutes.attended(stays, session.starts_at, session.ends_at)


def enter(session: TrainingSession, *, actor: Actor, at: datetime) -> str:
    """The address of the virtual classroom for this person (είσοδος), while it is open."""
    access.require(actor, "session.enter", session)
    found = minutes.classroom()
    if found is None or not queries.classroom_open(session, at):
        raise Refusal("Η εικονική αίθουσα ανοίγει μισή ώρα πριν από τη συνάντηση.")
    person, teaches = actor.user_id or 0, session.trainer_id == actor.user_id
    title = f"{session.programme.code}, {session}"
    recorded = queries.recordings.will_be(session, at)
    meeting = minutes.Meeting(session.pk, title, recorded=recorded)
    address = found.door(meeting, person, actor.name, teaches=teaches)
    if recorded:
        recordings.expect(session, at=at)
    return address
