"""Life cycle of an attestation (βεβαίωση): owed, issued, then revoked or replaced."""

from __future__ import annotations

from didaskaleio.completion.enums import AttestationState as S
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
