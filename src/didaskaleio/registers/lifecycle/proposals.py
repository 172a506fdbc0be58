"""Life cycles of changes (κύκλοι μεταβολών): one side proposes, the other decides; 000 §4 I.b."""

from __future__ import annotations

from didaskaleio.kernel.lifecycle import Lifecycle, lifecycle, step
from didaskaleio.registers.enums import ProposalState as P


def _proposal(name: str, title: str, decide: str, own: str) -> Lifecycle:
    """A change that one side proposes and the other decides on."""
    return lifecycle(
        name,
        title,
        P,
        step("accept", P.OPEN, P.ACCEPTED, needs=decide, label="Έγκριση", done="Έγινε δεκτή"),
        step(
            "decline",
            P.OPEN,
            P.DECLINED,
            needs=decide,
            label="Απόρριψη",
            done="Δεν έγινε δεκτή",
            reason=True,
            danger=True,
        ),
        step(
            "withdraw",
            P.OPEN,
            P.WITHDRAWN,
            needs=own,
            label="Απόσυρση",
            done="Αποσύρθηκε",
            danger=True,
        ),
        kinds={P.OPEN: "wait", P.ACCEPTED: "good", P.DECLINED: "bad"},
    )


PROPOSAL = _proposal("change_proposal", "Πρόταση μεταβολής", "proposal.decide", "proposal.own")
ROOM_PROPOSAL = _proposal(
    "room_proposal", "Μεταβολή αίθουσας Κ.Σ.Ε.", "room_proposal.decide", "room_proposal.own"
)
