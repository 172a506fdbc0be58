"""Life cycles (κύκλοι ζωής) of the attestations: of attendance and of employment."""

from __future__ import annotations

from didaskaleio.completion.enums import AttestationState as S
from didaskaleio.completion.enums import EmploymentState as E
from didaskaleio.completion.enums import MeasureState as M
from didaskaleio.completion.enums import PackState as P
from didaskaleio.kernel.expiry import lapse
from didaskaleio.kernel.lifecycle import lifecycle, step

ATTESTATION = lifecycle(
    "attestation",
    "Βεβαίωση",
    S,
    step(
        "issue",
        S.OWED,
        S.ISSUED,
        needs="attestation.issue",
        label="Έκδοση",
        done="Εκδόθηκε",
        button=False,
    ),
    step(
        "revoke",
        S.ISSUED,
        S.REVOKED,
        needs="attestation.issue",
        label="Ανάκληση",
        done="Ανακλήθηκε",
        reason=True,
        danger=True,
    ),
    step(
        "replace",
        S.ISSUED,
        S.REPLACED,
        needs="attestation.issue",
        label="Αντικατάσταση",
        done="Αντικαταστάθηκε",
        reason=True,
        danger=True,
        button=False,
    ),
    kinds={S.OWED: "wait", S.ISSUED: "good", S.REVOKED: "bad", S.REPLACED: ""},
)
EMPLOYMENT = lifecycle(
    "employment",
    "Βεβαίωση απασχόλησης",
    E,
    step(
        "issue",
        E.REQUESTED,
        E.ISSUED,
        needs="employment.issue",
        label="Έκδοση",
        done="Εκδόθηκε",
    ),
    step(
        "refuse",
        E.REQUESTED,
        E.REFUSED,
        needs="employment.issue",
        label="Απόρριψη",
        done="Απορρίφθηκε",
        reason=True,
        danger=True,
    ),
    step(
        "withdraw",
        E.REQUESTED,
        E.WITHDRAWN,
        needs="employment.withdraw",
        label="Απόσυρση του αιτήματος",
        done="Αποσύρθηκε",
    ),
    step(
        "revoke",
        E.ISSUED,
        E.REVOKED,
        needs="employment.issue",
        label="Ανάκληση",
        done="Ανακλήθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        E.REQUESTED: "wait",
        E.ISSUED: "good",
        E.REFUSED: "bad",
        E.WITHDRAWN: "",
        E.REVOKED: "bad",
    },
)
PACK = lifecycle(
    "pack",
    "Πακέτο τεκμηρίων",
    P,
    step(
        "seal",
        P.BUILDING,
        P.SEALED,
        needs="pack.settle",
        label="Σφράγιση",
        done="Σφραγίστηκε",
        button=False,
    ),
    lapse(
        P.SEALED,
        P.LAPSED,
        needs="pack.settle",
        label="Λήξη",
        done="Έληξε: τα αρχεία δεν παραδίδονται πια, ο κατάλογος ελέγχεται πάντοτε",
    ),
    kinds={P.BUILDING: "move", P.SEALED: "good", P.LAPSED: ""},
)
MEASURE = lifecycle(
    "measure",
    "Ενέργεια Πράξης",
    M,
    step(
        "complete",
        M.PLANNED,
        M.DONE,
        needs="measure.keep",
        label="Έγινε",
        done="Έγινε",
        button=False,
    ),
    step(
        "drop",
        M.PLANNED,
        M.DROPPED,
        needs="measure.keep",
        label="Δεν θα γίνει",
        done="Δεν θα γίνει",
        reason=True,
        danger=True,
    ),
    kinds={M.PLANNED: "wait", M.DONE: "good", M.DROPPED: ""},
)
