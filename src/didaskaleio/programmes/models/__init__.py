"""Models of room programmes."""

from __future__ import annotations

from didaskaleio.programmes.models.arranging import Arrangement, ArrangementLine
from didaskaleio.programmes.models.assignments import WorkAssignment
from didaskaleio.programmes.models.availability import Availability, DaysOff, WeeklyWish
from didaskaleio.programmes.models.offering import (
    ParameterSet,
    PeriodAct,
    Programme,
    ProgrammeCategory,
    ProgrammeStaff,
    Quota,
    Regulation,
    RegulationAcceptance,
    Slot,
    TimetableProposal,
    TrainingAction,
    TrainingPeriod,
)
from didaskaleio.programmes.models.sources import ActionRegister, ActionTender
from didaskaleio.programmes.models.targets import (
    ActionTarget,
    AddressedPrefecture,
    AddressedSchool,
)
from didaskaleio.programmes.models.work_applications import (
    WorkApplication,
    WorkStanding,
    WorkSubmission,
)
from didaskaleio.programmes.models.work_calls import WorkCall, WorkCallLine

__all__ = [
    "ActionRegister",
    "ActionTarget",
    "ActionTender",
    "AddressedPrefecture",
    "AddressedSchool",
    "Arrangement",
    "ArrangementLine",
    "Availability",
    "DaysOff",
    "ParameterSet",
    "PeriodAct",
    "Programme",
    "ProgrammeCategory",
    "ProgrammeStaff",
    "Quota",
    "Regulation",
    "RegulationAcceptance",
    "Slot",
    "TimetableProposal",
    "TrainingAction",
    "TrainingPeriod",
    "WeeklyWish",
    "WorkApplication",
    "WorkAssignment",
    "WorkCall",
    "WorkCallLine",
    "WorkStanding",
    "WorkSubmission",
]
