"""Life cycle of an import of teachers (εισαγωγή): compared, looked at, applied, perhaps undone."""

from __future__ import annotations

from didaskaleio.connectors.enums import ImportState as S
from didaskaleio.kernel.lifecycle import lifecycle, step

MAY, BY_JOB = "myschool.import", "myschool.work"
IMPORT = lifecycle(
    "teacher_import",
    "Εισαγωγή από MySchool",
    S,
    step(
        "map",
        (S.UPLOADED, S.COMPARED),
        S.COMPARING,
        needs=MAY,
        label="Σύγκριση",
        done="Ορίστηκαν οι στήλες και άρχισε η σύγκριση",
        button=False,
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
        done="Η σύγκριση σταμάτησε",
        button=False,
    ),
    step(
        "apply",
        S.COMPARED,
        S.APPLYING,
        needs=MAY,
        label="Εφαρμογή",
        done="Άρχισε η εφαρμογή",
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
        "undo",
        S.APPLIED,
        S.UNDOING,
        needs=MAY,
        label="Αναίρεση",
        done="Άρχισε η αναίρεση",
        reason=True,
        danger=True,
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
        "discard",
        (S.UPLOADED, S.COMPARED),
        S.DISCARDED,
        needs=MAY,
        label="Απόρριψη",
        done="Απορρίφθηκε χωρίς να εφαρμοστεί",
        danger=True,
    ),
    kinds={
        S.UPLOADED: "wait",
        S.COMPARING: "move",
        S.COMPARED: "wait",
        S.APPLYING: "move",
        S.APPLIED: "good",
        S.UNDOING: "move",
        S.UNDONE: "bad",
        S.DISCARDED: "",
    },
)
