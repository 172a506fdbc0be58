"""Life cycle of a recording (μαγνητοσκόπηση): expected, there, deleted when its days are over."""

from __future__ import annotations

from didaskaleio.delivery.enums import RecordingState as S
from didaskaleio.kernel.lifecycle import lifecycle, step

RECORDING = lifecycle(
    "recording",
    "Μαγνητοσκόπηση συνάντησης",
    S,
    step(
        "receive",
        (S.EXPECTED, S.MISSING),
        S.AVAILABLE,
        needs="recording.keep",
        label="Η μαγνητοσκόπηση βρέθηκε",
        done="Η εικονική αίθουσα έδωσε τη μαγνητοσκόπηση",
    ),
    step(
        "give_up",
        S.EXPECTED,
        S.MISSING,
        needs="recording.keep",
        label="Η μαγνητοσκόπηση δεν βρέθηκε",
        done="Η εικονική αίθουσα δεν έδωσε μαγνητοσκόπηση",
    ),
    step(
        "withdraw",
        S.AVAILABLE,
        S.ENDING,
        needs="recording.withdraw",
        label="Πρόωρη διαγραφή",
        done="Αποφασίστηκε πρόωρη διαγραφή της μαγνητοσκόπησης",
        reason=True,
        danger=True,
    ),
    step(
        "expire",
        S.AVAILABLE,
        S.ENDING,
        needs="recording.keep",
        label="Τέλος του χρόνου φύλαξης",
        done="Τελείωσε ο χρόνος φύλαξης της μαγνητοσκόπησης",
        due="keep_until",
    ),
    step(
        "purge",
        (S.ENDING, S.DELETED),
        S.DELETED,
        needs="recording.keep",
        label="Διαγραφή μαγνητοσκόπησης",
        done="Η εικονική αίθουσα διέγραψε τη μαγνητοσκόπηση",
    ),
    kinds={
        S.EXPECTED: "wait",
        S.AVAILABLE: "good",
        S.MISSING: "bad",
        S.ENDING: "move",
        S.DELETED: "",
    },
)
