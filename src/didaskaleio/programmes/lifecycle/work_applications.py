"""Life cycle of an application for work (αίτηση για έργο; R-029)."""

from __future__ import annotations

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import WorkApplicationState as S

WRITE, SETTLE = "work_application.write", "work_application.settle"

WORK_APPLICATION = lifecycle(
    "work_application",
    "Αίτηση για έργο",
    S,
    step(
        "submit",
        [S.DRAFT, S.WITHDRAWN],
        S.SUBMITTED,
        needs=WRITE,
        label="Υποβολή",
        done="Υποβλήθηκε η αίτηση",
        button=False,
    ),
    step(
        "resubmit",
        S.SUBMITTED,
        S.SUBMITTED,
        needs=WRITE,
        label="Υποβολή νέας έκδοσης",
        done="Υποβλήθηκε νέα έκδοση",
        button=False,
    ),
    step(
        "withdraw",
        S.SUBMITTED,
        S.WITHDRAWN,
        needs=WRITE,
        label="Απόσυρση της αίτησης",
        done="Αποσύρθηκε η αίτηση",
        danger=True,
        guard=lambda row, at: None if at < row.call.closes_at else CLOSED,
    ),
    step(
        "select",
        S.SUBMITTED,
        S.SELECTED,
        needs=SETTLE,
        label="Επιλογή",
        done="Επιλέχθηκε",
        button=False,
    ),
    step(
        "reserve",
        S.SUBMITTED,
        S.RESERVE,
        needs=SETTLE,
        label="Επιλαχούσα",
        done="Έμεινε επιλαχούσα",
        button=False,
    ),
    step(
        "end",
        [S.DRAFT, S.SUBMITTED],
        S.CANCELLED,
        needs=SETTLE,
        label="Ματαίωση με την πρόσκληση",
        done="Η πρόσκληση ματαιώθηκε",
        button=False,
    ),
    kinds={
        S.DRAFT: "wait",
        S.SUBMITTED: "move",
        S.WITHDRAWN: "",
        S.SELECTED: "good",
        S.RESERVE: "info",
        S.CANCELLED: "bad",
    },
)
CLOSED = "Η προθεσμία έληξε και η αίτηση κατατάσσεται όπως υποβλήθηκε. Δείτε την κατάταξή σας."
