"""Life cycles of a report (αναφορά) and of a request to the operating service (αίτημα)."""

from __future__ import annotations

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.observatory.enums import ReportState as S
from didaskaleio.observatory.enums import RequestState as R

KEEP = "adhoc.keep"
REPORT = lifecycle(
    "adhoc_report",
    "Αναφορά κατά περίπτωση",
    S,
    step(
        "share",
        (S.OWN, S.SHARED),
        S.SHARED,
        needs=KEEP,
        label="Κοινή χρήση",
        done="Δόθηκε σε κοινή χρήση",
        button=False,
    ),
    step(
        "unshare",
        S.SHARED,
        S.OWN,
        needs=KEEP,
        label="Τέλος κοινής χρήσης",
        done="Έπαψε η κοινή χρήση",
        danger=True,
    ),
    step(
        "archive",
        (S.OWN, S.SHARED),
        S.ARCHIVED,
        needs=KEEP,
        label="Αρχειοθέτηση",
        done="Αρχειοθετήθηκε",
        danger=True,
    ),
    step(
        "reopen",
        S.ARCHIVED,
        S.OWN,
        needs=KEEP,
        label="Επαναφορά",
        done="Επανήλθε από το αρχείο",
    ),
    kinds={S.OWN: "", S.SHARED: "good", S.ARCHIVED: "wait"},
)
SERVE, OWN = "request.serve", "request.own"
REQUEST = lifecycle(
    "special_request",
    "Αίτημα στην υπηρεσία λειτουργίας",
    R,
    step(
        "take",
        R.SUBMITTED,
        R.TAKEN,
        needs=SERVE,
        label="Ανάληψη",
        done="Το ανέλαβε η υπηρεσία",
    ),
    step(
        "ask",
        R.TAKEN,
        R.ASKED,
        needs=SERVE,
        label="Ερώτηση",
        done="Ζητήθηκε διευκρίνιση",
        reason=True,
    ),
    step(
        "answer",
        R.ASKED,
        R.TAKEN,
        needs=OWN,
        label="Απάντηση",
        done="Δόθηκε διευκρίνιση",
        reason=True,
    ),
    step(
        "deliver",
        R.TAKEN,
        R.DELIVERED,
        needs=SERVE,
        label="Παράδοση",
        done="Παραδόθηκε",
        button=False,
    ),
    step(
        "accept",
        R.DELIVERED,
        R.ACCEPTED,
        needs=OWN,
        label="Αποδοχή",
        done="Έγινε αποδεκτό",
    ),
    step(
        "give_back",
        R.DELIVERED,
        R.TAKEN,
        needs=OWN,
        label="Επιστροφή",
        done="Επιστράφηκε",
        reason=True,
    ),
    step(
        "decline",
        (R.SUBMITTED, R.TAKEN),
        R.DECLINED,
        needs=SERVE,
        label="Δεν θα γίνει",
        done="Δεν θα γίνει",
        reason=True,
        danger=True,
    ),
    step(
        "withdraw",
        (R.SUBMITTED, R.TAKEN, R.ASKED),
        R.WITHDRAWN,
        needs=OWN,
        label="Απόσυρση",
        done="Αποσύρθηκε",
        danger=True,
    ),
    kinds={
        R.SUBMITTED: "wait",
        R.TAKEN: "move",
        R.ASKED: "wait",
        R.DELIVERED: "info",
        R.ACCEPTED: "good",
        R.DECLINED: "bad",
        R.WITHDRAWN: "",
    },
)
