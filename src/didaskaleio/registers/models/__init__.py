"""Models of room registers."""

from __future__ import annotations

from didaskaleio.registers.models.assessment import (
    Assessment,
    AssessmentPlan,
    AssessorLimit,
    Conflict,
    Reconciliation,
)
from didaskaleio.registers.models.calls import (
    Call,
    CallAct,
    CallDocument,
    CallFollower,
    Candidacy,
    Evidence,
    EvidenceUse,
    Submission,
)
from didaskaleio.registers.models.centres import CentreAct, CentreVisit, RoomProposal
from didaskaleio.registers.models.imports import MemberImport, MemberLine
from didaskaleio.registers.models.lists import ListTerms, RankingList, RankingRow
from didaskaleio.registers.models.membership import (
    ChangeProposal,
    FieldChange,
    Membership,
    Register,
)
from didaskaleio.registers.models.objections import Objection, ObjectionPaper
from didaskaleio.registers.models.tenders import Offer, Tender, TenderAct

__all__ = [
    "Assessment",
    "AssessmentPlan",
    "AssessorLimit",
    "Call",
    "CallAct",
    "CallDocument",
    "CallFollower",
    "Candidacy",
    "CentreAct",
    "CentreVisit",
    "ChangeProposal",
    "Conflict",
    "Evidence",
    "EvidenceUse",
    "FieldChange",
    "ListTerms",
    "MemberImport",
    "MemberLine",
    "Membership",
    "Objection",
    "ObjectionPaper",
    "Offer",
    "RankingList",
    "RankingRow",
    "Reconciliation",
    "Register",
    "RoomProposal",
    "Submission",
    "Tender",
    "TenderAct",
]
