"""Σχέδιο προγράμματος: what the training centre proposes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable.composition import Composition, Hours, SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from didaskaleio.programmes.timetable.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Named:
    """Κωδικός και όνομα: prefecture («KOZ», «Κοζάνη») or cluster («B2.3», «Β2.3 Μαθηματικά»)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Trainer:
    """Επιμορφωτής: clusters of the register and prefectures of the serving schools."""

    id: str
    name: str
    clusters: tuple[Named, ...] = ()
    prefectures: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Outsider:
    """Εκτός μητρώου: somebody of the plan who is no member of the register named for the role."""

    id: str
    name: str
    role: str
    register: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Τρίωρο: one dated meeting, in local time of Greece; `minutes` of the clock."""

    id: str
    kind: SlotKind
    date: date
    start: time
    minutes: int
    room_id: str | None = None

    @property
    def end(self) -> time:
        return (datetime.combine(self.date, self.start) + timedelta(minutes=self.minutes)).time()

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.date, self.start)

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)

    def overlaps(self, begins: datetime, ends: datetime) -> bool:
        """Half-open: a meeting may begin at the minute when another ends."""
        return self.begins < ends and begins < self.ends


@dataclass(frozen=True, slots=True)
class Plan:
    """Σχέδιο προγράμματος: category, cluster, people, places and timetable.

    `async_hours` None means: as many as the sessions bring. `capacity_granted` is the higher
    ceiling that the implementing body allowed by exception. `registers` are those that the action
    draws on, `outsiders` the people of the plan who are not members of them.
    """

    composition: Composition
    cluster: Named
    slots: tuple[Slot, ...]
    trainer: Trainer | None
    staff: tuple[str, ...]
    capacity: int = 15
    minimum: int = 10
    async_hours: int | None = None
    capacity_granted: int | None = None
    registers: tuple[str, ...] = ()
    outsiders: tuple[Outsider, ...] = ()

    def of_kind(self, kind: SlotKind) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind is kind)

    @property
    def expected_async_hours(self) -> int:
        sessions = sum(slot.kind.is_session for slot in self.slots)
        return sessions * self.composition.async_hours_per_session

    @property
    def declared_async_hours(self) -> int:
        return self.expected_async_hours if self.async_hours is None else self.async_hours

    def changed(self, changes: Iterable[Slot]) -> Plan:
        """The same plan with these slots in the place of those with the same ids."""
        new = {slot.id: slot for slot in changes}
        return replace(self, slots=tuple(new.get(slot.id, slot) for slot in self.slots))


def hours(plan: Plan, parameters: Parameters) -> Hours:
    """Ώρες του σχεδίου: from the minutes of its slots and its asynchronous hours."""

    def of(kind: SlotKind) -> float:
        return sum(slot.minutes for slot in plan.of_kind(kind)) / parameters.teaching_hour_minutes

    return Hours(
        face_to_face=of(SlotKind.FACE_TO_FACE),
        synchronous=of(SlotKind.SYNCHRONOUS),
        asynchronous=plan.declared_async_hours,
        support=of(SlotKind.SUPPORT),
    )
