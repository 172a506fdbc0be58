"""Life cycles of an import (εισαγωγή), a pull (λήψη), a push (αποστολή), a request (αίτημα)."""

from __future__ import annotations

from didaskaleio.connectors.enums import CorrectionState as C
from didaskaleio.connectors.enums import ImportState as S
from didaskaleio.connectors.enums import PullState as L
from didaskaleio.connectors.enums import PushState as P
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.kernel.sheets.batches import KINDS, Act, steps

MAY, BY_JOB = "myschool.import", "myschool.work"
IMPORT = lifecycle(
    "teacher_import",
    "Εισαγωγή από MySchool",
    S,
    *steps(
        needs=MAY,
        compare=Act(S.COMPARING, "Ορίστηκαν οι στήλες και άρχισε η σύγκριση", "Σύγκριση"),
        apply=Act(S.APPLYING, "Άρχισε η εφαρμογή"),
        undo=Act(S.UNDOING, "Άρχισε η αναίρεση"),
    ),
    step(
        "compared",
        S.COMPARING,
        S.COMPARED,
        needs=BY_JOB,
        label="Τέλος σύγκρισης",
        done="Συγκρίθηκε με όσα έχουμε",
        button=False,
    ),
    step(
        "stop",
        S.COMPARING,
        S.UPLOADED,
        needs=BY_JOB,
        label="Διακοπή σύγκρισης",
        done="Η σύγκριση σταμάτησε και δεν έγραψε τίποτε",
        button=False,
    ),
    step(
        "applied",
        S.APPLYING,
        S.APPLIED,
        needs=BY_JOB,
        label="Τέλος εφαρμογής",
        done="Εφαρμόστηκε",
        button=False,
    ),
    step(
        "undone",
        S.UNDOING,
        S.UNDONE,
        needs=BY_JOB,
        label="Τέλος αναίρεσης",
        done="Αναιρέθηκε",
        button=False,
    ),
    step(
        "halt_apply",
        S.APPLYING,
        S.COMPARED,
        needs=BY_JOB,
        label="Διακοπή εφαρμογής",
        done="Η εφαρμογή σταμάτησε και δεν έγραψε τίποτε",
        button=False,
    ),
    step(
        "halt_undo",
        S.UNDOING,
        S.APPLIED,
        needs=BY_JOB,
        label="Διακοπή αναίρεσης",
        done="Η αναίρεση σταμάτησε και δεν άλλαξε τίποτε",
        button=False,
    ),
    kinds=KINDS | {S.COMPARING: "move", S.APPLYING: "move", S.UNDOING: "move"},
)
PULL = lifecycle(
    "pull",
    "Λήψη από το MySchool",
    L,
    step(
        "receive",
        L.RUNNING,
        L.RECEIVED,
        needs=BY_JOB,
        label="Παραλαβή",
        done="Παραλήφθηκαν οι αλλαγές",
        button=False,
    ),
    step(
        "find_nothing",
        L.RUNNING,
        L.NOTHING,
        needs=BY_JOB,
        label="Καμία αλλαγή",
        done="Δεν υπήρχαν αλλαγές",
        button=False,
    ),
    step(
        "fail",
        L.RUNNING,
        L.FAILED,
        needs=BY_JOB,
        label="Αποτυχία",
        done="Η λήψη δεν έγινε και δεν άλλαξε τίποτε",
        button=False,
    ),
    kinds={L.RUNNING: "move", L.RECEIVED: "good", L.NOTHING: "good", L.FAILED: "bad"},
)
PUSH = lifecycle(
    "push",
    "Αποστολή στο MySchool",
    P,
    step(
        "send",
        P.WAITING,
        P.SENT,
        needs=BY_JOB,
        label="Αποστολή",
        done="Στάλθηκε στο MySchool",
        button=False,
    ),
    step(
        "refuse",
        P.WAITING,
        P.REFUSED,
        needs=BY_JOB,
        label="Άρνηση",
        done="Το MySchool δεν τη δέχτηκε",
        button=False,
    ),
    step(
        "send_again",
        P.REFUSED,
        P.WAITING,
        needs="myschool.push",
        label="Αποστολή ξανά",
        done="Θα σταλεί ξανά",
    ),
    kinds={P.WAITING: "wait", P.SENT: "good", P.REFUSED: "bad"},
)
CORRECTION = lifecycle(
    "correction",
    "Αίτημα διόρθωσης",
    C,
    step(
        "accept",
        C.OPEN,
        C.ACCEPTED,
        needs="correction.answer",
        label="Αποδοχή",
        done="Έγινε δεκτό",
        reason=True,
    ),
    step(
        "decline",
        C.OPEN,
        C.DECLINED,
        needs="correction.answer",
        label="Απόρριψη",
        done="Δεν έγινε δεκτό",
        reason=True,
        danger=True,
    ),
    step(
        "withdraw",
        C.OPEN,
        C.WITHDRAWN,
        needs="correction.withdraw",
        label="Απόσυρση",
        done="Αποσύρθηκε",
        danger=True,
    ),
    kinds={C.OPEN: "wait", C.ACCEPTED: "good", C.DECLINED: "bad", C.WITHDRAWN: ""},
)
