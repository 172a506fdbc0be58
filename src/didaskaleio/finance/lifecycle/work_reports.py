"""Life cycle of a report of work (έκθεση πεπραγμένων)."""

from __future__ import annotations

from didaskaleio.finance.enums import WorkReportState as S
from didaskaleio.kernel.lifecycle import lifecycle, step

WRITABLE = (S.DRAFT, S.RETURNED)
WORK_REPORT = lifecycle(
    "work_report",
    "Έκθεση πεπραγμένων",
    S,
    step(
        "submit",
        WRITABLE,
        S.SUBMITTED,
        needs="work_report.own",
        label="Υποβολή",
        done="Υποβλήθηκε",
    ),
    step(
        "accept",
        S.SUBMITTED,
        S.ACCEPTED,
        needs="work_report.judge",
        label="Αποδοχή",
        done="Έγινε δεκτή",
    ),
    step(
        "send_back",
        S.SUBMITTED,
        S.RETURNED,
        needs="work_report.judge",
        label="Επιστροφή με παρατηρήσεις",
        done="Επιστράφηκε με παρατηρήσεις",
        reason=True,
        danger=True,
    ),
    kinds={S.DRAFT: "", S.SUBMITTED: "wait", S.RETURNED: "bad", S.ACCEPTED: "good"},
)
