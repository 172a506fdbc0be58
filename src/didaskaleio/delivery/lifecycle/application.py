"""Life cycle of the application in class (εφαρμογή στην τάξη)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.delivery.enums import ClassApplicationState as S
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import ProgrammeState

EDITABLE = (S.DRAFT, S.RETURNED)
PROVING = (S.APPROVED, S.INCOMPLETE)


def class_runs(work: Any, _at: datetime) -> str | None:
    """Plans and evidence move while the programme runs or its papers are open."""
    programme = work.application.programme
    if programme and programme.state in {ProgrammeState.RUNNING, ProgrammeState.COMPLETED}:
        return None
    return "Το πρόγραμμα δεν είναι σε εξέλιξη: η εφαρμογή στην τάξη δεν αλλάζει τώρα."


CLASS_APPLICATION = lifecycle(
    "class_application",
    "Εφαρμογή στην τάξη",
    S,
    step(
        "submit_plan",
        EDITABLE,
        S.SUBMITTED,
        needs="class_application.own",
        label="Υποβολή σχεδίου",
        done="Υποβλήθηκε το σχέδιο μαθήματος",
        guard=class_runs,
    ),
    step(
        "approve_plan",
        S.SUBMITTED,
        S.APPROVED,
        needs="class_application.review",
        label="Έγκριση σχεδίου",
        done="Εγκρίθηκε το σχέδιο",
        reason=True,
    ),
    step(
        "return_plan",
        S.SUBMITTED,
        S.RETURNED,
        needs="class_application.review",
        label="Επιστροφή για διόρθωση",
        done="Το σχέδιο επιστράφηκε",
        reason=True,
        danger=True,
    ),
    step(
        "hand_in",
        PROVING,
        S.APPLIED,
        needs="class_application.own",
        label="Υποβολή τεκμηρίων",
        done="Υποβλήθηκαν τα τεκμήρια",
        button=False,
        guard=class_runs,
    ),
    step(
        "accept_evidence",
        S.APPLIED,
        S.ACCEPTED,
        needs="class_application.review",
        label="Αποδοχή με ανατροφοδότηση",
        done="Η εφαρμογή στην τάξη ολοκληρώθηκε",
        reason=True,
    ),
    step(
        "ask_more",
        S.APPLIED,
        S.INCOMPLETE,
        needs="class_application.review",
        label="Ζητώ κι άλλα τεκμήρια",
        done="Ζητήθηκαν κι άλλα τεκμήρια",
        reason=True,
        danger=True,
    ),
    kinds={
        S.DRAFT: "",
        S.SUBMITTED: "wait",
        S.RETURNED: "bad",
        S.APPROVED: "info",
        S.APPLIED: "wait",
        S.INCOMPLETE: "bad",
        S.ACCEPTED: "good",
    },
)
