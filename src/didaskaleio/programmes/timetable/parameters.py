"""Παράμετροι της δράσης: the numbers that the rules compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from didaskaleio.programmes.timetable.composition import Composition, SlotKind

MONDAY_TO_SATURDAY = frozenset(range(6))


@dataclass(frozen=True, slots=True)
class Parameters:
    """Παράμετροι ωρολογίου μιας επιμορφωτικής δράσης.

    Defaults that the seed gives: 60 hours, 20 slots, 15 weeks of one or two, groups of 10 to 15
    (001 §2). All others are proposals of the house: teaching hour of 45 minutes, spread of the
    face-to-face sessions, hours of the day, Sunday free, one person of staff. A quota or a
    load limit of None means no limit; weekdays count from Monday = 0.
    """

    teaching_hour_minutes: int = 45
    total_hours: int = 60
    total_slots: int = 20
    maximum_teaching_weeks: int = 15
    minimum_slots_per_week: int = 1
    maximum_slots_per_week: int = 2
    maximum_face_to_face_per_week: int = 1
    face_to_face_parts: int = 3
    minimum_group: int = 10
    maximum_group: int = 15
    minimum_staff: int = 1
    earliest: time = time(8, 0)
    latest: time = time(22, 0)
    weekdays: frozenset[int] = MONDAY_TO_SATURDAY
    trainer_hours_per_week: int | None = None
    trainer_hours_per_period: int | None = None
    trainer_hours_per_operation: int | None = None
    quota_cluster: int | None = None
    quota_prefecture: int | None = None
    quota_centre: int | None = None

    def minutes(self, composition: Composition, kind: SlotKind) -> int:
        """Clock minutes of one meeting: 90 for a two-hour session, 135 for a support meeting."""
        return composition.hours_of(kind) * self.teaching_hour_minutes
