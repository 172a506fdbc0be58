"""Life cycle of a call for work (πρόσκληση για έργο; R-029)."""

from __future__ import annotations

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import WorkCallState as S

MANAGE, CLOCK = "work_call.manage", "work_call.by_clock"

WORK_CALL = lifecycle(
    "work_call",
    "Πρόσκληση για έργο",
    S,
    step(
        "announce",
        S.DRAFT,
        S.ANNOUNCED,
        needs=MANAGE,
        label="Ανακοίνωση",
        done="Η πρόσκληση ανακοινώθηκε",
    ),
    step(
        "open",
        S.ANNOUNCED,
        S.OPEN,
        needs=CLOCK,
        label="Άνοιγμα αιτήσεων",
        done="Άνοιξε η υποβολή αιτήσεων",
        due="opens_at",
        button=False,
    ),
    step(
        "extend",
        S.OPEN,
        S.OPEN,
        needs=MANAGE,
        label="Παράταση",
        done="Η προθεσμία παρατάθηκε",
        reason=True,
        button=False,
    ),
    step(
        "close",
        S.OPEN,
        S.CLOSED,
        needs=CLOCK,
        label="Λήξη αιτήσεων και κατάταξη",
        done="Οι αιτήσεις έληξαν και κατατάχθηκαν",
        due="closes_at",
        button=False,
    ),
    step(
        "select",
        S.CLOSED,
        S.SELECTED,
        needs=MANAGE,
        label="Επικύρωση της επιλογής",
        done="Η επιλογή επικυρώθηκε",
        reason=True,
    ),
    step(
        "cancel",
        [S.DRAFT, S.ANNOUNCED, S.OPEN, S.CLOSED],
        S.CANCELLED,
        needs=MANAGE,
        label="Ματαίωση πρόσκλησης",
        done="Η πρόσκληση ματαιώθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        S.DRAFT: "wait",
        S.ANNOUNCED: "info",
        S.OPEN: "move",
        S.CLOSED: "wait",
        S.SELECTED: "good",
        S.CANCELLED: "bad",
    },
)
