"""Minutes in the virtual classroom (λεπτά παρακολούθησης): seen inside, then said of the roll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import minutes, queries
from didaskaleio.delivery.enums import Attendee, Source
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import Attendance, Sign, Stay, TrainingSession
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.delivery.operations.signs import record
from didaskaleio.delivery.rules import signs
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import parameters


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
        rows = held.roll.filter(attendee=Attendee.TRAINEE)
        made = [_sign(held, row, stays.get(row.pk, []), at) for row in rows]
        record(held, made, actor=actor, at=at)
        act = "Καταγράφηκαν τα λεπτά της εικονικής αίθουσας"
        journal.write(held, act, actor=actor, at=at, people=len(stays))
    return len(made)


def _stays(session: TrainingSession) -> dict[int, list[tuple[datetime, datetime]]]:
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in Stay.objects.filter(row__session=session):
        found[one.row_id].append((one.first_seen, one.last_seen))
    return found


def _sign(
    session: TrainingSession,
    row: Attendance,
    stays: list[tuple[datetime, datetime]],
    at: datetime,
) -> Sign:
    numbers = parameters.of(session.programme.period.action, at)
    inside, full = _minutes(session, stays), queries.full_minutes(session, at)
    least, tolerance = numbers.present_from_minutes, numbers.late_from_minutes
    mark, late = signs.by_minutes(inside, full, least=least, tolerance=tolerance)
    return Sign(
        row=row,
        source=Source.CLASSROOM,
        mark=mark,
        late=min(late, full - 1),
        minutes=inside,
        seen_at=session.ends_at,
    )


def _minutes(session: TrainingSession, stays: list[tuple[datetime, datetime]]) -> int:
    return minutes.attended(stays, session.starts_at, session.ends_at)


def enter(session: TrainingSession, *, actor: Actor, at: datetime) -> str:
    """The address of the virtual classroom for this person (είσοδος), while it is open."""
    access.require(actor, "session.enter", session)
    found = minutes.classroom()
    if found is None or not queries.classroom_open(session, at):
        raise Refusal("Η εικονική αίθουσα ανοίγει μισή ώρα πριν από τη συνάντηση.")
    person, teaches = actor.user_id or 0, session.trainer_id == actor.user_id
    title = f"{session.programme.code}, {session}"
    return found.door(session.pk, title, person, actor.name, teaches=teaches)
