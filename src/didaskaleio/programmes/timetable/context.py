"""Περιβάλλον του σχεδίου: what the rest of the country imposes on one programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from didaskaleio.kernel.calendar import Break, monday_of
from didaskaleio.programmes.timetable.availability import Availability
from didaskaleio.programmes.timetable.loads import Load
from didaskaleio.programmes.timetable.plan import Named

Bounds = tuple[time, time]


@dataclass(frozen=True, slots=True)
class SchoolHours:
    """Σχολικό ωράριο ενός τύπου σχολείου: weekday (Monday = 0) → bounds of lessons."""

    label: str
    days: Mapping[int, Bounds]
    evening: bool = False


def every_weekday(label: str, first: time, last: time, *, evening: bool = False) -> SchoolHours:
    """The same hours from Monday to Friday."""
    return SchoolHours(label, dict.fromkeys(range(5), (first, last)), evening)


# Proposals of the house: no text at hand gives the hours of each type of school.
PRIMARY_DAY = every_weekday("Δημοτικό Σχολείο", time(8, 0), time(13, 15))
SECONDARY_DAY = every_weekday("ημερήσιο Γυμνάσιο ή Λύκειο", time(8, 15), time(14, 5))
SECONDARY_EVENING = every_weekday(
    "εσπερινό Γυμνάσιο ή Λύκειο", time(18, 30), time(22, 30), evening=True
)


@dataclass(frozen=True, slots=True)
class Busy:
    """Δέσμευση: a meeting of another programme that holds the trainer or the room."""

    programme_code: str
    programme_title: str
    session_label: str
    date: date
    start: time
    end: time
    room_id: str | None = None

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.date, self.start)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.date, self.end)


@dataclass(frozen=True, slots=True)
class Room:
    """Αίθουσα του κέντρου: seats for trainees."""

    id: str
    label: str
    seats: int


@dataclass(frozen=True, slots=True)
class Quota:
    """Όριο προγραμμάτων: `used` counts the others; `allowed` None means the action's parameter."""

    used: int = 0
    allowed: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Περιβάλλον του σχεδίου: calendar, schools, rooms, other programmes, quotas.

    `trainer_busy`, `availability` and `trainer_load` concern the plan's own trainer;
    `room_busy` any room of the centre. All leave out the plan's own meetings.
    """

    first_day: date
    last_day: date
    centre_prefecture: Named
    centre_hours: SchoolHours | None = None
    trainee_hours: tuple[SchoolHours, ...] = ()
    public_holidays: Mapping[date, str] = field(default_factory=dict)
    school_breaks: tuple[Break, ...] = ()
    rooms: Mapping[str, Room] = field(default_factory=dict)
    trainer_busy: tuple[Busy, ...] = ()
    room_busy: tuple[Busy, ...] = ()
    availability: Availability = field(default_factory=Availability)
    trainer_load: Load = field(default_factory=Load)
    quota_cluster: Quota = field(default_factory=Quota)
    quota_prefecture: Quota = field(default_factory=Quota)
    quota_centre: Quota = field(default_factory=Quota)

    def break_on(self, day: date) -> Break | None:
        return next((found for found in self.school_breaks if day in found), None)

    def schools_closed(self, day: date) -> bool:
        return day in self.public_holidays or self.break_on(day) is not None

    def is_holiday_week(self, day: date) -> bool:
        """A week that may stay empty without counting: no day from Monday to Friday has lessons."""
        monday = monday_of(day)
        return all(self.schools_closed(monday + timedelta(days=step)) for step in range(5))
