"""Παρτίδα εισαγωγής: what a person does with a sheet of many rows, on the way to their place.

It is received, its columns are named and its lines compared; then it is applied as one act, which
may be undone, or it is discarded. A room says where each act leads: to the next state, or to one
in which a job works.
"""

from __future__ import annotations

from dataclasses import dataclass

from didaskaleio.kernel.lifecycle import Step, step

UPLOADED, COMPARED, APPLIED = "uploaded", "compared", "applied"
UNDONE, DISCARDED = "undone", "discarded"
KINDS = {UPLOADED: "wait", COMPARED: "wait", APPLIED: "good", UNDONE: "bad"}


@dataclass(frozen=True)
class Act:
    """Where an act on a batch leads, and what the journal says of it."""

    target: str
    done: str
    label: str = ""


def steps(*, needs: str, compare: Act, apply: Act, undo: Act) -> tuple[Step, ...]:
    """The steps that people take; whoever may take one may take all."""
    return (
        step(
            "map",
            (UPLOADED, COMPARED),
            compare.target,
            needs=needs,
            label=compare.label,
            done=compare.done,
            button=False,
        ),
        step("apply", COMPARED, apply.target, needs=needs, label="Εφαρμογή", done=apply.done),
        step(
            "undo",
            APPLIED,
            undo.target,
            needs=needs,
            label="Αναίρεση",
            done=undo.done,
            reason=True,
            danger=True,
        ),
        step(
            "discard",
            (UPLOADED, COMPARED),
            DISCARDED,
            needs=needs,
            label="Απόρριψη",
            done="Απορρίφθηκε χωρίς να εφαρμοστεί",
            danger=True,
        ),
    )
