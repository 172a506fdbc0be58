"""A centre's proposal while it is being written (πρόταση προγράμματος)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import long_moment
from didaskaleio.people.models import Person
from didaskaleio.programmes import locality, parameters, queries, timetable
from didaskaleio.programmes.enums import PeriodState, ProgrammeState, SlotKind
from didaskaleio.programmes.errors import ChangedMeanwhileError, WindowClosedError
from didaskaleio.programmes.models import (
    Programme,
    ProgrammeCategory,
    ProgrammeStaff,
    Slot,
    TrainingPeriod,
)
from didaskaleio.programmes.operations import slots as rows
from didaskaleio.programmes.queries.plans import KINDS
from didaskaleio.structures.models import Cluster, Room, TrainingCentre


@dataclass(frozen=True)
class Content:
    """What a centre decides about its programme (περιεχόμενο της πρότασης), besides the slots."""

    category: ProgrammeCategory
    cluster: Cluster
    trainer: Person | None = None
    room: Room | None = None
    capacity: int = 15
    minimum: int = 10
    note: str = ""
    staff: tuple[tuple[int, str], ...] = ()
    locality_rules: list[dict[str, Any]] = field(default_factory=list)


FIELDS = ("category", "cluster", "trainer", "room", "capacity", "minimum", "note", "locality_rules")


def require_window(period: TrainingPeriod, at: datetime) -> None:
    """Refuse unless new proposals are taken now."""
    if period.state != PeriodState.PROPOSING:
        opens = long_moment(period.proposals_open)
        raise WindowClosedError(
            f"Η περίοδος δεν δέχεται προτάσεις τώρα (άνοιγμα: {opens}). Δείτε τις φάσεις της.",
            code="window",
        )
    if at >= period.proposals_close:
        raise WindowClosedError(
            f"Η προθεσμία των προτάσεων έληξε: {long_moment(period.proposals_close)}. "
            "Απευθυνθείτε στον φορέα υλοποίησης.",
            code="window",
        )


@transaction.atomic
def start_proposal(
    period: TrainingPeriod, centre: TrainingCentre, content: Content, *, actor: Actor, at: datetime
) -> Programme:
    """Begin a proposal of ``centre``; it gets its code at once and keeps it."""
    access.require(actor, "centre.propose", centre)
    require_window(period, at)
    _fits(period, centre, content)
    number = numbering.take(f"programmes.{period.pk}", at=period.proposals_open)[0]
    programme = Programme.objects.create(
        period=period,
        centre=centre,
        code=f"P{number:05}",
        state_since=at,
        **{name: getattr(content, name) for name in FIELDS},
    )
    _staff(programme, content)
    journal.write(programme, "Νέα πρόταση", actor=actor, at=at)
    return programme


def _fits(period: TrainingPeriod, centre: TrainingCentre, content: Content) -> None:
    if centre.body_id != period.action.body_id:
        raise Refusal("Το κέντρο συνεργάζεται με άλλον φορέα υλοποίησης. Επιλέξτε άλλη περίοδο.")
    if content.category.action_id != period.action_id:
        raise Refusal("Η κατηγορία δεν ανήκει στη δράση της περιόδου. Επιλέξτε άλλη.")
    if content.cluster.scheme_id != period.action.scheme_id:
        raise Refusal("Η συστάδα δεν ανήκει στο σχήμα συστάδων της δράσης. Επιλέξτε άλλη.")
    if content.room is not None and content.room.centre_id != centre.pk:
        raise Refusal("Η αίθουσα δεν ανήκει στο κέντρο σας. Επιλέξτε άλλη.")
    locality.parse(content.locality_rules)


def _staff(programme: Programme, content: Content) -> None:
    programme.staff.all().delete()
    ProgrammeStaff.objects.bulk_create(
        ProgrammeStaff(programme=programme, person_id=person, role=role)
        for person, role in content.staff
    )


def locked(programme: Programme, *, actor: Actor, permission: str = "programme.edit") -> Programme:
    """The programme locked and read afresh, open to changes by ``actor``."""
    own = Programme.objects.select_for_update(of=("self",)).select_related(
        "period__action", "category", "cluster", "centre__prefecture", "centre__school__type"
    )
    row = own.get(pk=programme.pk)
    if row.state not in {ProgrammeState.DRAFT, ProgrammeState.RETURNED}:
        raise ChangedMeanwhileError(
            f"Το πρόγραμμα είναι σε κατάσταση «{ProgrammeState(row.state).label}» και δεν αλλάζει. "
            "Ανανεώστε τη σελίδα."
        )
    access.require(actor, permission, row)
    return row


def _touched(programme: Programme, words: str, *, actor: Actor, at: datetime, **data: Any) -> None:
    """A change makes a new revision, which the trainer has not agreed to."""
    programme.revision += 1
    programme.save(update_fields=["revision"])
    journal.write(programme, words, actor=actor, at=at, revision=programme.revision, **data)


@transaction.atomic
def change(programme: Programme, content: Content, *, actor: Actor, at: datetime) -> Programme:
    """Change what the proposal says; any real change voids the trainer's agreement."""
    row = locked(programme, actor=actor)
    _fits(row.period, row.centre, content)
    new = {name: getattr(content, name) for name in FIELDS}
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    staff = {(one.person_id, one.role) for one in row.staff.all()}
    if set(content.staff) != staff:
        _staff(row, content)
        changed.append("staff")
    if not changed:
        return row
    for name in changed:
        if name != "staff":
            setattr(row, name, new[name])
    row.save(update_fields=[name for name in changed if name != "staff"])
    if "room" in changed:
        row.slots.filter(room__isnull=False).update(room=None)
    _touched(row, "Άλλαξαν τα στοιχεία της πρότασης", actor=actor, at=at, fields=changed)
    return row


@transaction.atomic
def add_slot(
    programme: Programme, *, actor: Actor, at: datetime, kind: SlotKind, day: date, start: time
) -> Slot:
    """Add one slot; its length follows from kind and category."""
    row = locked(programme, actor=actor)
    slot = _slot(row, kind, day, start, at)
    added = rows.write(row, slot, Slot(sequence=row.slots.count() + 1))
    added.save()
    rows.renumber(row)
    _touched(row, "Προστέθηκε τρίωρο", actor=actor, at=at, day=str(day), kind=str(kind))
    return added


def _slot(
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
    row = locked(programme, actor=actor)
    stored = _stored(row, slot_id)
    if (stored.kind, stored.date, stored.start) == (kind, day, start):
        return
    old = f"{stored.date} {stored.start:%H:%M}"
    rows.write(row, _slot(row, kind, day, start, at), stored).save()
    rows.renumber(row)
    new = f"{day} {start:%H:%M}"
    _touched(row, "Μετακινήθηκε τρίωρο", actor=actor, at=at, old=old, new=new)


def _stored(programme: Programme, slot_id: int) -> Slot:
    slot = programme.slots.filter(pk=slot_id).first()
    if slot is None:
        raise ChangedMeanwhileError("Το τρίωρο δεν υπάρχει πια. Ανανεώστε τη σελίδα.")
    return slot


@transaction.atomic
def remove_slot(programme: Programme, slot_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a slot out of the timetable."""
    row = locked(programme, actor=actor)
    stored = _stored(row, slot_id)
    day = str(stored.date)
    stored.delete()
    rows.renumber(row)
    _touched(row, "Αφαιρέθηκε τρίωρο", actor=actor, at=at, day=day)


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
    row = locked(programme, actor=actor)
    rows.rewrite(row, slots)
    _touched(row, words, actor=actor, at=at, slots=len(slots))


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
    row = locked(programme, actor=actor)
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
    _touched(row, "Προτάθηκε ωρολόγιο", actor=actor, at=at, slots=len(found))


@transaction.atomic
def apply_repair(
    programme: Programme, *, actor: Actor, at: datetime, code: str = "", subject: str = ""
) -> str:
    """Apply the nearest repair of one finding, or without a code the one that mends most.

    The repair is computed anew, so it never applies to a timetable that has changed since.
    Returns what was done, in words.
    """
    row = locked(programme, actor=actor)
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
    _touched(row, "Εφαρμόστηκε διόρθωση", actor=actor, at=at, repair=repair.sentence)
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


@transaction.atomic
def discard(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Delete a draft that was never submitted; its code is not used again."""
    row = locked(programme, actor=actor)
    if row.state != ProgrammeState.DRAFT or row.protocol:
        raise Refusal("Η πρόταση έχει υποβληθεί και μένει στο αρχείο. Δεν διαγράφεται.")
    journal.write(row, "Η πρόχειρη πρόταση διαγράφηκε", actor=actor, at=at, code=row.code)
    row.delete()


def from_data(
    programme: Programme, data: Sequence[dict[str, Any]], at: datetime
) -> list[timetable.Slot]:
    """The slots of a stored proposal, with the lengths of the programme's category."""
    made = [
        _slot(
            programme,
            SlotKind(row["kind"]),
            date.fromisoformat(row["date"]),
            time.fromisoformat(row["start"]),
            at,
            f"n{number}",
        )
        for number, row in enumerate(data)
    ]
    room = str(programme.room_id) if programme.room_id else None
    needs = timetable.SlotKind.FACE_TO_FACE
    return [replace(slot, room_id=room if slot.kind is needs else None) for slot in made]
