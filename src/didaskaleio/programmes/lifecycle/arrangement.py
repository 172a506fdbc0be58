"""Life cycle of an arrangement (σχέδιο ωρολογίου και στελέχωσης; R-033)."""

from __future__ import annotations

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import ArrangementState as S

ARRANGEMENT = lifecycle(
    "arrangement",
    "Σχέδιο ωρολογίου και στελέχωσης",
    S,
    step(
        "find",
        S.COMPUTING,
        S.READY,
        needs="arrangement.by_system",
        label="Εύρεση σχεδίου",
        done="Βρέθηκε σχέδιο",
        button=False,
    ),
    step(
        "give_up",
        S.COMPUTING,
        S.IMPOSSIBLE,
        needs="arrangement.by_system",
        label="Κανένα σχέδιο",
        done="Δεν βρέθηκε σχέδιο που τηρεί όλους τους κανόνες",
        button=False,
    ),
    step(
        "apply",
        S.READY,
        S.APPLIED,
        needs="arrangement.decide",
        label="Εφαρμογή στα πρόχειρα",
        done="Το σχέδιο εφαρμόστηκε στα πρόχειρα",
        reason=True,
    ),
    step(
        "undo",
        S.APPLIED,
        S.UNDONE,
        needs="arrangement.decide",
        label="Αναίρεση εφαρμογής",
        done="Τα πρόχειρα επανήλθαν όπως ήταν",
        reason=True,
        danger=True,
    ),
    step(
        "discard",
        [S.READY, S.IMPOSSIBLE],
        S.DISCARDED,
        needs="arrangement.decide",
        label="Απόρριψη σχεδίου",
        done="Το σχέδιο απορρίφθηκε",
        danger=True,
    ),
    kinds={
        S.COMPUTING: "move",
        S.READY: "wait",
        S.IMPOSSIBLE: "bad",
        S.APPLIED: "good",
        S.UNDONE: "info",
    },
)
