"""Lines of an arrangement on screen: the plan by weeks, what changes, what is pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.greek import count, long_date, short_date
from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.people.models import Person
from didaskaleio.programmes import timetable
from didaskaleio.programmes.models import ArrangementLine, TrainingPeriod
from didaskaleio.programmes.operations.arrangements import as_slots
from didaskaleio.programmes.timetable import Slot
from didaskaleio.structures.models import Room

MOST_PINS = 60
BARS = {"face_to_face": "f2f", "synchronous": "sync", "support": "support"}


class ShiftForm(forms.Form):
    """Which week of the period moves, and by how many weeks."""

    week = forms.TypedChoiceField(label="Εβδομάδα από", coerce=date.fromisoformat)
    by = forms.TypedChoiceField(
        label="Μετακινείται",
        coerce=int,
        choices=[
            (n, f"{count(abs(n), 'εβδομάδα', 'εβδομάδες')} {'μετά' if n > 0 else 'πριν'}")
            for n in (1, 2, 3, 4, -1, -2, -3, -4)
        ],
    )

    def __init__(self, *args: Any, period: TrainingPeriod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mondays = timetable.mondays(period.first_day, period.last_day)
        weeks: Any = self.fields["week"]
        weeks.choices = [(day.isoformat(), short_date(day)) for day in mondays]


def pins_of(posted: QueryDict, programme: int) -> list[str]:
    """What was ticked to stay of one programme: its person, meetings by day and hour."""
    return [pin[:20] for pin in posted.getlist(f"pin-{programme}")[:MOST_PINS]]


def line_shown(lines: Sequence[ArrangementLine], actor: Actor) -> list[dict[str, Any]]:
    """Each line in words, with the names of its people and rooms read at once."""
    data = [part for line in lines for part in (line.before, line.after or {})]
    people = Person.objects.in_bulk({part["trainer"] for part in data if part.get("trainer")})
    rooms = Room.objects.in_bulk(
        {int(slot["room"]) for part in data for slot in part.get("slots", ()) if slot["room"]}
    )
    return [_line(line, actor, people, rooms) for line in lines]


def _line(
    line: ArrangementLine, actor: Actor, people: Mapping[int, Person], rooms: Mapping[int, Room]
) -> dict[str, Any]:
    before, after = as_slots(line.before), as_slots(line.after or line.before)
    stood, stands = ({_place(slot) for slot in slots} for slots in (before, after))
    old, new = (data.get("trainer") for data in (line.before, line.after or line.before))
    return {
        "row": line,
        "programme": line.programme,
        "may_open": access.allowed(actor, "programme.read", line.programme),
        "trainer": people[new].full_name if new in people else "",
        "trainer_was": people[old].full_name if old != new and old in people else "",
        "trainer_new": old != new,
        "keeps_trainer": "trainer" in line.pinned,
        "slots": [_slot(slot, stood, line.pinned, rooms) for slot in after],
        "gone": [_words(slot) for slot in before if _place(slot) not in stands],
        "kept": len(stood & stands),
        "regular": _regular(after),
        "new": line.after is not None and not before,
    }


def _place(slot: Slot) -> tuple[Any, ...]:
    return (slot.kind, slot.date, slot.start, slot.room_id)


def _slot(
    slot: Slot, stood: set[tuple[Any, ...]], pinned: Sequence[str], rooms: Mapping[int, Room]
) -> dict[str, Any]:
    room = rooms.get(int(slot.room_id)) if slot.room_id else None
    return {
        "id": slot.id,
        "kind": BARS[slot.kind.value],
        "words": _words(slot),
        "room": room.name if room else "",
        "new": _place(slot) not in stood,
        "pinned": slot.id in pinned,
    }


def _words(slot: Slot) -> str:
    return f"{slot.kind.label}, {long_date(slot.date)}, {slot.start:%H:%M}"


def _regular(slots: Sequence[Slot]) -> str:
    """«Τρίτη 17:30 · Πέμπτη 19:45»: the hours of the week that the plan uses."""
    found = sorted({(slot.date.weekday(), slot.start) for slot in slots})
    return " · ".join(f"{WEEKDAYS[day]} {start:%H:%M}" for day, start in found)
