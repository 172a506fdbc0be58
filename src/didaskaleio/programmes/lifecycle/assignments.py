"""Life cycle of an assignment of work (ανάθεση έργου; R-029, R-030)."""

from __future__ import annotations

from didaskaleio.kernel.expiry import lapse
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import AssignmentState as S

LATE = "Η προθεσμία της απάντησης έληξε και η ανάθεση πέρασε στον επόμενο."

ASSIGNMENT = lifecycle(
    "work_assignment",
    "Ανάθεση έργου",
    S,
    step(
        "accept",
        S.ASKED,
        S.ACCEPTED,
        needs="assignment.answer",
        label="Αποδοχή της ανάθεσης",
        done="Η ανάθεση έγινε αποδεκτή",
        guard=lambda row, at: None if at < row.answer_by else LATE,
    ),
    step(
        "decline",
        S.ASKED,
        S.DECLINED,
        needs="assignment.answer",
        label="Δεν αποδέχομαι",
        done="Η ανάθεση δεν έγινε αποδεκτή",
        reason=True,
        danger=True,
        guard=lambda row, at: None if at < row.answer_by else LATE,
    ),
    lapse(
        S.ASKED,
        S.EXPIRED,
        needs="assignment.by_system",
        label="Λήξη χωρίς απάντηση",
        done="Έληξε χωρίς απάντηση",
        due="answer_by",
    ),
    step(
        "recall",
        [S.ASKED, S.ACCEPTED],
        S.RECALLED,
        needs="assignment.manage",
        label="Ανάκληση της ανάθεσης",
        done="Η ανάθεση ανακλήθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        S.ASKED: "wait",
        S.ACCEPTED: "good",
        S.DECLINED: "bad",
        S.EXPIRED: "bad",
        S.RECALLED: "",
    },
)
