"""Life cycle of objections (κύκλος ενστάσεων; R-019), and what the lists wait for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.registers.enums import CallState, ListStage
from didaskaleio.registers.enums import ObjectionState as State


def why_not_final(call: Any, at: datetime) -> str | None:
    """Why the final list is not published yet, and what it waits for."""
    made = call.lists.filter(stage=ListStage.PROVISIONAL).defer("table", "rules").first()
    if made and at <= made.objections_until:
        return f"Ενστάσεις γίνονται δεκτές έως {greek.long_moment(made.objections_until)}."
    waiting = call.objections.filter(state=State.SUBMITTED).count()
    if waiting:
        many = greek.count(waiting, "ένσταση περιμένει", "ενστάσεις περιμένουν")
        return f"{many} απόφαση της επιτροπής. Ο οριστικός πίνακας δημοσιεύεται μετά."
    return None


def why_not_heard(call: Any) -> str | None:
    """Why nothing is decided on an objection now."""
    if call.state == CallState.PROVISIONAL:
        return None
    return "Οι ενστάσεις κρίνονται ανάμεσα στον προσωρινό και στον οριστικό πίνακα."


def _heard(objection: Any, _at: datetime) -> str | None:
    return why_not_heard(objection.call)


OBJECTION = lifecycle(
    "objection",
    "Ένσταση",
    State,
    step(
        "withdraw",
        State.SUBMITTED,
        State.WITHDRAWN,
        needs="objection.own",
        label="Απόσυρση της ένστασης",
        done="Αποσύρθηκε",
        danger=True,
        guard=_heard,
    ),
    step(
        "decide",
        State.SUBMITTED,
        State.DECIDED,
        needs="objection.decide",
        label="Απόφαση για την ένσταση",
        done="Κρίθηκε",
        guard=_heard,
        button=False,
    ),
    kinds={State.SUBMITTED: "wait", State.DECIDED: "good"},
)
