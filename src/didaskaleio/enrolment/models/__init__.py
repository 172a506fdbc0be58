"""Models of room enrolment."""

from __future__ import annotations

from didaskaleio.enrolment.models.merges import MergeLine, MergeMove, MergePlan
from didaskaleio.enrolment.models.participation import (
    Draw,
    HeldBack,
    IssuedNumber,
    ListedDemand,
    MergeConsent,
    ParticipationApplication,
    ParticipationFigure,
    PhaseBLog,
    PublicChange,
    PublishedHead,
    Submission,
    WaitingEntry,
    WaitingList,
)

__all__ = [
    "Draw",
    "HeldBack",
    "IssuedNumber",
    "ListedDemand",
    "MergeConsent",
    "MergeLine",
    "MergeMove",
    "MergePlan",
    "ParticipationApplication",
    "ParticipationFigure",
    "PhaseBLog",
    "PublicChange",
    "PublishedHead",
    "Submission",
    "WaitingEntry",
    "WaitingList",
]
