"""Steps of an arrangement (σχέδιο ωρολογίου): found or not, applied to the drafts, undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from datetime import time as hour
from typing import Any

from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import notices, timetable
from didaskaleio.programmes.errors import ChangedMeanwhileError
from didaskaleio.programmes.lifecycle import ARRANGEMENT
from didaskaleio.programmes.models import Arrangement, ArrangementLine, Programme
from didaskaleio.programmes.operations import drafts, slots

ARRANGEMENT.model = Arrangement


def as_data(slot: timetable.Slot) -> dict[str, Any]:
    """A slot as a line keeps it."""
    return {
        "kind": slot.kind.value,
        "date": slot.date.isoformat(),
        "start": f"{slot.start:%H:%M}",
        "minutes": slot.minutes,
        "room": slot.room_id,
    }


def as_slots(data: Mapping[str, Any] | None) -> tuple[timetable.Slot, ...]:
    """The slots of a line in order, each named by its day and hour."""
    return tuple(
        timetable.Slot(
            f"{row['date']} {row['start']}",
            timetable.SlotKind(row["kind"]),
            date.fromisoformat(row["date"]),
            hour.fromisoformat(row["start"]),
            row["minutes"],
            row["room"],
        )
        for row in (data or {}).get("slots", ())
    )


Why = tuple[list[str], list[str]]


@ARRANGEMENT.performs("find")
def find(
    arrangement: Arrangement, *, actor: Actor, at: datetime, figures: dict[str, Any], why: Why
) -> None:
    """A plan stands in the lines; ``why`` says of those without one what stands in the way."""
    arrangement.figures = figures
    arrangement.conflict, arrangement.repairs = why


@ARRANGEMENT.performs("give_up")
def give_up(
    arrangement: Arrangement, *, actor: Actor, at: datetime, figures: dict[str, Any], why: Why
) -> None:
    """No plan: the conflict and the nearest repair in words."""
    arrangement.figures = figures
    arrangement.conflict, arrangement.repairs = why


@ARRANGEMENT.performs("apply")
def apply(arrangement: Arrangement, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Put the plan into the drafts, all or none; the trainers are asked to agree anew.

    Refused where a draft was changed since the solver read it.
    """
    for line in _lines(arrangement):
        row = _draft(line, line.revision, actor)
        _put(row, line.after or line.before)
        drafts.touch(row, "Εφαρμόστηκε σχέδιο ωρολογίου", actor=actor, at=at, why=reason)
        line.applied_revision = row.revision
        line.save(update_fields=["applied_revision"])
        notices.ask_agreement(row, at=at)


@ARRANGEMENT.performs("undo")
def undo(arrangement: Arrangement, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Put everything back as it was; refused where somebody has worked on a draft since."""
    for line in _lines(arrangement):
        row = _draft(line, line.applied_revision or 0, actor)
        _put(row, line.before)
        drafts.touch(row, "Αναιρέθηκε σχέδιο ωρολογίου", actor=actor, at=at, why=reason)


@ARRANGEMENT.performs("discard")
def discard_arrangement(arrangement: Arrangement, *, actor: Actor, at: datetime) -> None:
    """Nothing of it is used."""


def _lines(arrangement: Arrangement) -> list[ArrangementLine]:
    """Those that hold a plan, in the order in which their drafts are locked."""
    rows = arrangement.lines.filter(after__isnull=False).select_related("programme")
    return list(rows.order_by("programme_id"))


def _draft(line: ArrangementLine, revision: int, actor: Actor) -> Programme:
    row = drafts.locked(line.programme, actor=actor, permission="programme.arrange")
    if row.revision != revision:
        raise ChangedMeanwhileError(
            f"Η πρόταση {row.code} άλλαξε στο μεταξύ. Ζητήστε νέο σχέδιο για να τη λάβει υπόψη."
        )
    return row


def _put(row: Programme, data: Mapping[str, Any]) -> None:
    row.trainer_id, row.room_id = data["trainer"], data["room"]
    row.save(update_fields=["trainer", "room"])
    slots.rewrite(row, as_slots(data))
