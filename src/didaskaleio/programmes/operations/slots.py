"""Rows of the timetable (τρίωρα): their order, and the hold on trainer and room while live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from didaskaleio.kernel.calendar import local
from didaskaleio.programmes import queries, timetable
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.errors import ClashError
from didaskaleio.programmes.models import Programme, Slot
from didaskaleio.programmes.queries.plans import STORED_KINDS
from didaskaleio.programmes.timetable import Rule

CLASHES = {Rule.TRAINER_CLASH, Rule.ROOM_CLASH}
LOADS = {Rule.LOAD_WEEK, Rule.LOAD_PERIOD, Rule.LOAD_OPERATION}


def write(programme: Programme, slot: timetable.Slot, row: Slot) -> Slot:
    """Fill a row from a slot of the rules; the caller saves it."""
    row.programme = programme
    row.kind = STORED_KINDS[slot.kind]
    row.date, row.start, row.end = slot.date, slot.start, slot.end
    row.span = DateTimeTZRange(local(slot.date, slot.start), local(slot.date, slot.end))
    own = slot.room_id and int(slot.room_id) != programme.room_id
    row.room_id = int(slot.room_id or 0) if own and row.kind == SlotKind.FACE_TO_FACE else None
    return row


def rewrite(programme: Programme, slots: Iterable[timetable.Slot]) -> None:
    """Replace the whole timetable."""
    programme.slots.all().delete()
    ordered = sorted(slots, key=lambda slot: slot.begins)
    Slot.objects.bulk_create(
        write(programme, slot, Slot(sequence=number)) for number, slot in enumerate(ordered, 1)
    )


def renumber(programme: Programme) -> None:
    """Number the slots in the order of the calendar."""
    rows = list(programme.slots.order_by("date", "start", "pk"))
    moved = [row for number, row in enumerate(rows, 1) if row.sequence != number]
    for number, row in enumerate(rows, 1):
        row.sequence = number
    Slot.objects.bulk_update(moved, ["sequence"])


def hold(programme: Programme, *, at: datetime) -> None:
    """Make the slots live: from now on the database refuses whoever wants trainer or room then.

    Raises ClashError with the other programme and meeting by name.
    """
    slots = programme.slots.all()
    try:
        with transaction.atomic():
            slots.filter(kind=SlotKind.FACE_TO_FACE).update(
                live=True,
                trainer_id=programme.trainer_id,
                room_id=Coalesce(F("room_id"), Value(programme.room_id)),
            )
            slots.exclude(kind=SlotKind.FACE_TO_FACE).update(
                live=True, trainer_id=programme.trainer_id, room_id=None
            )
    except IntegrityError as error:
        found = [f for f in queries.findings_of(programme, at) if f.rule in CLASHES]
        if not found:
            raise
        raise ClashError(found, lead="Η πρόταση δεν υποβλήθηκε.") from error


def release(programme_ids: Sequence[int]) -> int:
    """Let trainer and room go: the programmes no longer hold their hours."""
    rows = Slot.objects.filter(programme_id__in=programme_ids, live=True)
    rows.filter(room_id=F("programme__room_id")).update(room_id=None)
    return rows.update(live=False, trainer_id=None)
