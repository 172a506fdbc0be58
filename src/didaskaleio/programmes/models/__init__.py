"""Models of room programmes."""

from __future__ import annotations

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

__all__ = [
    "ActionRegister",
    "ActionTender",
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
]
