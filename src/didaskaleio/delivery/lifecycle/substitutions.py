"""Life cycle of a substitution of a trainer (αντικατάσταση επιμορφωτή/τριας)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.delivery.enums import SubstitutionState as S
from didaskaleio.delivery.lifecycle.sessions import programme_runs
from didaskaleio.kernel import expiry
from didaskaleio.kernel.lifecycle import lifecycle, step


def in_time(substitution: Any, at: datetime) -> str | None:
    """The answer comes before the first of the sessions begins."""
    if at >= substitution.due_at:
        return "Η συνάντηση άρχισε: η πρόταση δεν απαντιέται πια."
    return programme_runs(substitution, at)


SUBSTITUTION = lifecycle(
    "substitution",
    "Αντικατάσταση επιμορφωτή/τριας",
    S,
    step(
        "accept",
        S.PROPOSED,
        S.ACCEPTED,
        needs="substitution.answer",
        label="Αποδέχομαι",
        done="Έγινε δεκτή η αντικατάσταση",
        guard=in_time,
    ),
    step(
        "decline",
        S.PROPOSED,
        S.DECLINED,
        needs="substitution.answer",
        label="Δεν μπορώ",
        done="Δεν έγινε δεκτή η αντικατάσταση",
        reason=True,
        danger=True,
    ),
    step(
        "withdraw",
        S.PROPOSED,
        S.WITHDRAWN,
        needs="substitution.manage",
        label="Ανάκληση",
        done="Ανακλήθηκε η πρόταση αντικατάστασης",
        reason=True,
        danger=True,
    ),
    expiry.lapse(
        S.PROPOSED,
        S.LAPSED,
        needs="substitution.lapse",
        label="Πέρασε η ώρα",
        done="Η πρόταση έμεινε αναπάντητη",
        due="due_at",
    ),
    kinds={
        S.PROPOSED: "wait",
        S.ACCEPTED: "good",
        S.DECLINED: "bad",
        S.WITHDRAWN: "",
        S.LAPSED: "bad",
    },
)
