"""Υπόθεση ελέγχου: a plan with all that its rules look at, gathered once per check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable.weeks import teaching_weeks

if TYPE_CHECKING:
    from datetime import date

    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.parameters import Parameters
    from didaskaleio.programmes.timetable.plan import Plan, Slot


@dataclass(frozen=True, slots=True)
class Case:
    """Υπόθεση ελέγχου: `weeks` are the teaching weeks in order, Monday → slots."""

    plan: Plan
    context: Context
    parameters: Parameters
    weeks: dict[date, list[Slot]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weeks", teaching_weeks(self.plan.slots, self.context))

    @property
    def composition_label(self) -> str:
        return self.plan.composition.label
