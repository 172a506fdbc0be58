"""Life cycles of room credentials: a signing case, and the trust in a root."""

from __future__ import annotations

from didaskaleio.credentials.enums import RootState as R
from didaskaleio.credentials.enums import SigningState as S
from didaskaleio.kernel.lifecycle import lifecycle, step

SIGNING = lifecycle(
    "signing_case",
    "Φάκελος υπογραφών",
    S,
    step(
        "sign",
        S.OPEN,
        S.OPEN,
        needs="signing_case.sign",
        label="Υπογραφή",
        done="Υπογράφηκε",
        button=False,
    ),
    step(
        "replace",
        S.OPEN,
        S.OPEN,
        needs="signing_case.replace",
        label="Αλλαγή προσώπου που υπογράφει",
        done="Άλλαξε πρόσωπο που υπογράφει",
        reason=True,
        button=False,
    ),
    step(
        "complete",
        S.OPEN,
        S.COMPLETED,
        needs="signing_case.complete",
        label="Ολοκλήρωση",
        done="Υπογράφηκε από όλους",
        button=False,
    ),
    step(
        "remind",
        S.OPEN,
        S.OPEN,
        needs="signing_case.complete",
        label="Υπενθύμιση υπογραφής",
        done="Στάλθηκε υπενθύμιση",
        due="remind_at",
        button=False,
    ),
    step(
        "decline",
        S.OPEN,
        S.DECLINED,
        needs="signing_case.sign",
        label="Άρνηση υπογραφής",
        done="Αρνήθηκε η υπογραφή",
        reason=True,
        danger=True,
    ),
    step(
        "withdraw",
        S.OPEN,
        S.WITHDRAWN,
        needs="signing_case.manage",
        label="Απόσυρση",
        done="Αποσύρθηκε",
        reason=True,
        danger=True,
    ),
    kinds={S.OPEN: "wait", S.COMPLETED: "good", S.DECLINED: "bad", S.WITHDRAWN: ""},
)
ROOT = lifecycle(
    "trust_root",
    "Έμπιστη ρίζα",
    R,
    step(
        "end",
        R.TRUSTED,
        R.ENDED,
        needs="trust_root.manage",
        label="Τέλος εμπιστοσύνης",
        done="Έληξε η εμπιστοσύνη",
        reason=True,
        danger=True,
    ),
    kinds={R.TRUSTED: "good", R.ENDED: ""},
)
