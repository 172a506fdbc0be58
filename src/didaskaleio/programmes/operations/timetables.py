"""The timetable of a draft (ωρολόγιο): one slot at a time, a repair, a whole proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import parameters, queries, timetable
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.errors import ChangedMeanwhileError
from didaskaleio.programmes.models import Programme, Slot
from didaskaleio.programmes.operations import drafts
from didaskaleio.programmes.operations import slots as rows
from didaskaleio.programmes.queries.plans import KINDS


@transaction.atomic
def add_slot(
    programme: Programme, *, actor: Actor, at: datetime, kind: SlotKind, day: date, start: time
) -> Slot:
    """Add one slot; its length follows from kind and category."""
    row = drafts.locked(programme, actor=actor)
    slot = slot_of(row, kind, day, start, at)
    added = rows.write(row, slot, Slot(sequence=row.slots.count() + 1))
    added.save()
    rows.renumber(row)
    drafts.touch(row, "Προστέθηκε τρίωρο", actor=actor, at=at, day=str(day), kind=str(kind))
    return added


def slot_of(
    programme: Programme, kind: SlotKind, day: date, start: time, at: datetime, slot_id: str = "new"
) -> timetable.Slot:
    pure = KINDS[SlotKind(kind)]
    numbers = parameters.of(programme.period.action, at).timetable()
    minutes = numbers.minutes(queries.composition_of(programme.category), pure)
    made = timetable.Slot(slot_id, pure, day, start, minutes)
    if made.end <= made.start:
        raise Refusal("Το τρίωρο θα περνούσε τα μεσάνυχτα. Επιλέξτε νωρίτερη ώρα.")
    return made


@transaction.atomic
def move_slot(
    programme: Programme,
    slot_id: int,
    *,
    actor: Actor,
    at: datetime,
    kind: SlotKind,
    day: date,
    start: time,
) -> None:
    """Move a slot to another day or hour, or make it of another kind."""
    row = drafts.locked(programme, actor=actor)
    stored = _stored(row, slot_id)
    if (stored.kind, stored.date, stored.start) == (kind, day, start):
        return
    old = f"{stored.date} {stored.start:%H:%M}"
    rows.write(row, slot_of(row, kind, day, start, at), stored).save()
    rows.renumber(row)
    new = f"{day} {start:%H:%M}"
    drafts.touch(row, "Μετακινήθηκε τρίωρο", actor=actor, at=at, old=old, new=new)


def _stored(programme: Programme, slot_id: int) -> Slot:
    slot = programme.slots.filter(pk=slot_id).first()
    if slot is None:
        raise ChangedMeanwhileError("Το τρίωρο δεν υπάρχει πια. Ανανεώστε τη σελίδα.")
    return slot


@transaction.atomic
def remove_slot(programme: Programme, slot_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a slot out of the timetable."""
    row = drafts.locked(programme, actor=actor)
    stored = _stored(row, slot_id)
    day = str(stored.date)
    stored.delete()
    rows.renumber(row)
    drafts.touch(row, "Αφαιρέθηκε τρίωρο", actor=actor, at=at, day=day)


@transaction.atomic
def replace_slots(
    programme: Programme,
    slots: Sequence[timetable.Slot],
    *,
    actor: Actor,
    at: datetime,
    words: str = "Αντικαταστάθηκε το ωρολόγιο",
) -> None:
    """Replace the whole timetable by another one."""
    row = drafts.locked(programme, actor=actor)
    rows.rewrite(row, slots)
    drafts.touch(row, words, actor=actor, at=at, slots=len(slots))


@transaction.atomic
def propose_timetable(
    programme: Programme,
    *,
    actor: Actor,
    at: datetime,
    first_day: date,
    weekdays_times: Sequence[tuple[int, time]],
) -> None:
    """Replace the timetable by one that keeps every rule; raises NoTimetableError with the why."""
    row = drafts.locked(programme, actor=actor)
    found = timetable.propose(
        queries.composition_of(row.category),
        first_day,
        weekdays_times,
        queries.context_of(row),
        parameters.of(row.period.action, at).timetable(),
        room_id=str(row.room_id) if row.room_id else None,
    )
    if row.room_id is None and (room := next((s.room_id for s in found if s.room_id), None)):
        row.room_id = int(room)
        row.save(update_fields=["room"])
    rows.rewrite(row, found)
    drafts.touch(row, "Προτάθηκε ωρολόγιο", actor=actor, at=at, slots=len(found))


@transaction.atomic
def apply_repair(
    programme: Programme, *, actor: Actor, at: datetime, code: str = "", subject: str = ""
) -> str:
    """Apply the nearest repair of one finding, or without a code the one that mends most.

    The repair is computed anew, so it never applies to a timetable that has changed since.
    Returns what was done, in words.
    """
    row = drafts.locked(programme, actor=actor)
    plan, context = queries.plan_of(row), queries.context_of(row)
    numbers = parameters.of(row.period.action, at).timetable()
    repair = _of_finding(plan, context, numbers, code, subject) if code else None
    if not code:
        repair = next(iter(timetable.repairs(plan, context, numbers, limit=1)), None)
    if repair is None:
        raise ChangedMeanwhileError("Η διόρθωση δεν ισχύει πια: το ωρολόγιο άλλαξε.")
    for changed in repair.changes:
        rows.write(row, changed, _stored(row, int(changed.id))).save()
    rows.renumber(row)
    drafts.touch(row, "Εφαρμόστηκε διόρθωση", actor=actor, at=at, repair=repair.sentence)
    return repair.sentence


def _of_finding(
    plan: timetable.Plan,
    context: timetable.Context,
    numbers: timetable.Parameters,
    code: str,
    subject: str,
) -> timetable.Repair | None:
    found = timetable.check(plan, context, numbers)
    same = (one for one in found if (one.code, one.subject) == (code, subject))
    return next((one.repair for one in same if one.repair), None)
