"""Life cycle of a course (κύκλος ζωής θεματικού αντικειμένου; 000 §3, §7 steps 1–3, 10)."""

from __future__ import annotations

from didaskaleio.courses.enums import CourseState as S
from didaskaleio.kernel.lifecycle import lifecycle, step

COURSE = lifecycle(
    "course",
    "Θεματικό αντικείμενο",
    S,
    step(
        "submit_design",
        S.DESIGN,
        S.DEVELOPMENT,
        needs="course.write",
        label="Ολοκλήρωση σχεδιασμού",
        done="Ο σχεδιασμός ολοκληρώθηκε",
    ),
    step(
        "submit_material",
        S.DEVELOPMENT,
        S.IN_APPROVAL,
        needs="course.write",
        label="Υποβολή για έγκριση",
        done="Υποβλήθηκε για έγκριση",
    ),
    step(
        "reopen_design",
        S.DEVELOPMENT,
        S.DESIGN,
        needs="course.write",
        label="Επιστροφή στον σχεδιασμό",
        done="Ο σχεδιασμός άνοιξε ξανά",
    ),
    step(
        "approve",
        S.IN_APPROVAL,
        S.APPROVED,
        needs="course.approve",
        label="Έγκριση",
        done="Εγκρίθηκε",
    ),
    step(
        "return_with_remarks",
        S.IN_APPROVAL,
        S.DEVELOPMENT,
        needs="course.approve",
        label="Επιστροφή με παρατηρήσεις",
        done="Επιστράφηκε με παρατηρήσεις",
        reason=True,
    ),
    step(
        "link_to_action",
        S.APPROVED,
        S.OFFERED,
        needs="course.offer",
        label="Διάθεση σε δράσεις",
        done="Διατέθηκε σε δράσεις",
    ),
    step(
        "start_revision",
        S.OFFERED,
        S.UNDER_REVISION,
        needs="course.write",
        label="Έναρξη αναθεώρησης",
        done="Άρχισε αναθεώρηση",
        reason=True,
        button=False,
    ),
    step(
        "submit_revision",
        S.UNDER_REVISION,
        S.IN_APPROVAL,
        needs="course.write",
        label="Υποβολή αναθεώρησης",
        done="Η αναθεώρηση υποβλήθηκε για έγκριση",
    ),
    step(
        "retire",
        [S.OFFERED, S.APPROVED],
        S.RETIRED,
        needs="course.approve",
        label="Απόσυρση",
        done="Αποσύρθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        S.DESIGN: "wait",
        S.DEVELOPMENT: "wait",
        S.IN_APPROVAL: "info",
        S.APPROVED: "good",
        S.OFFERED: "move",
        S.UNDER_REVISION: "wait",
    },
)
