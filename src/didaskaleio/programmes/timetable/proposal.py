"""Πρόταση ωρολογίου: a full timetable that keeps all rules, always the same for the same input."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import long_date
from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.composition import Composition, SlotKind
from didaskaleio.programmes.timetable.plan import Slot
from didaskaleio.programmes.timetable.rules import Rule
from didaskaleio.programmes.timetable.slot_rules import slot_findings
from didaskaleio.programmes.timetable.spreading import Counts, spread
from didaskaleio.programmes.timetable.weeks import mondays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.parameters import Parameters

KINDS = (SlotKind.FACE_TO_FACE, SlotKind.SYNCHRONOUS, SlotKind.SUPPORT)
WeekdayTime = tuple[int, time]


class NoTimetableError(Refusal):
    """Δεν υπάρχει ωρολόγιο: the message says in Greek why, and what to change."""


def propose(
    composition: Composition,
    first_day: date,
    weekdays_times: Sequence[WeekdayTime],
    context: Context,
    parameters: Parameters,
    *,
    room_id: str | None = None,
) -> list[Slot]:
    """Πρόταση ωρολογίου: all slots of the category from `first_day` on, ids «s01», «s02» …

    `weekdays_times` are (Monday = 0, start) in order of preference. Holidays, breaks, school
    hours and what trainer or room already have are avoided. Without `room_id` the smallest room
    with a place for the largest group is taken. Raises NoTimetableError.
    """
    room_id = room_id or _room(composition, context, parameters)
    search = _Weeks(composition, first_day, tuple(weekdays_times), context, parameters, room_id)
    wanted = (composition.face_to_face, composition.synchronous, composition.support)
    chosen = spread([search.choices(monday) for monday in search.mondays], wanted, parameters)
    if chosen is None:
        raise NoTimetableError(search.reason())
    return _numbered([slot for index, counts in chosen for slot in search.fit(index, counts)])


def _room(composition: Composition, context: Context, parameters: Parameters) -> str | None:
    if not composition.face_to_face:
        return None
    fit = [room for room in context.rooms.values() if room.seats >= parameters.maximum_group]
    if not fit:
        message = (
            f"Καμία αίθουσα του κέντρου δεν έχει {parameters.maximum_group} θέσεις για τις διά "
            "ζώσης συνεδρίες: καταχωρίστε αίθουσα ή επιλέξτε κατηγορία χωρίς διά ζώσης συνεδρίες."
        )
        raise NoTimetableError(message)
    return min(fit, key=lambda room: (room.seats, room.id)).id


def _numbered(slots: list[Slot]) -> list[Slot]:
    ordered = sorted(slots, key=lambda slot: slot.begins)
    return [replace(slot, id=f"s{number:02}") for number, slot in enumerate(ordered, start=1)]


@dataclass(frozen=True, slots=True)
class _Weeks:
    """The weeks from the first day on, with what each of them can hold."""

    composition: Composition
    first_day: date
    weekdays_times: tuple[WeekdayTime, ...]
    context: Context
    parameters: Parameters
    room_id: str | None
    mondays: list[date] = field(init=False)

    def __post_init__(self) -> None:
        last = max(self.first_day, self.context.last_day)
        object.__setattr__(self, "mondays", mondays(self.first_day, last))

    def choices(self, monday: date) -> tuple[bool, list[Counts]]:
        """Whether the week may stay empty uncounted, and the mixes of kinds that fit into it."""
        most = self.parameters.maximum_slots_per_week
        least = self.parameters.minimum_slots_per_week
        mixes = [
            mix
            for mix in _mixes(most)
            if sum(mix) >= max(least, 1)
            and mix[0] <= self.parameters.maximum_face_to_face_per_week
            and self._fit(monday, mix)
        ]
        return (self.context.is_holiday_week(monday), mixes)

    def fit(self, index: int, counts: Counts) -> list[Slot]:
        return self._fit(self.mondays[index], counts)

    def _fit(self, monday: date, counts: Counts) -> list[Slot]:
        """The first way, in the order of preference, to place this mix; empty if there is none."""
        kinds = [kind for kind, count in zip(KINDS, counts, strict=True) for _ in range(count)]
        for places in permutations(self.weekdays_times, len(kinds)):
            slots = [self._slot(monday, *pair) for pair in zip(places, kinds, strict=True)]
            if self._possible(slots):
                return slots
        return []

    def _slot(self, monday: date, place: WeekdayTime, kind: SlotKind) -> Slot:
        return Slot(
            id="",
            kind=kind,
            date=monday + timedelta(days=place[0]),
            start=place[1],
            minutes=self.parameters.minutes(self.composition, kind),
            room_id=self.room_id if kind is SlotKind.FACE_TO_FACE else None,
        )

    def _possible(self, slots: list[Slot]) -> bool:
        apart = not any(
            one.overlaps(two.begins, two.ends)
            for position, one in enumerate(slots)
            for two in slots[position + 1 :]
        )
        return apart and all(self._free(slot) for slot in slots)

    def _free(self, slot: Slot) -> bool:
        return slot.date >= self.first_day and not any(
            finding.is_error or finding.rule is Rule.SCHOOL_BREAK
            for finding in slot_findings(slot, self.context, self.parameters)
        )

    def reason(self) -> str:
        """Why no timetable exists, with what there is room for."""
        sizes = [max((sum(mix) for mix in self.choices(day)[1]), default=0) for day in self.mondays]
        usable = sum(size > 0 for size in sizes)
        days = ", ".join(
            f"{wording.weekday(number)} {wording.clock(start)}"
            for number, start in self.weekdays_times
        )
        return (
            f"Με τις ώρες που δώσατε ({days or 'καμία'}) και έναρξη {long_date(self.first_day)} "
            f"χωρούν {sum(sizes)} τρίωρα σε {usable} εβδομάδες· χρειάζονται "
            f"{self.composition.slots} σε έως {self.parameters.maximum_teaching_weeks}: "
            "προσθέστε ημέρα ή ώρα, ή αλλάξτε ημέρα έναρξης."
        )


def _mixes(most: int) -> list[Counts]:
    """All ways to share up to `most` slots among the three kinds."""
    span = range(most + 1)
    return [(a, b, c) for a in span for b in span for c in span if 0 < a + b + c <= most]
