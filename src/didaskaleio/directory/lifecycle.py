"""Life cycles of a term of office and of a time-limited post (002 «Στελέχωση»)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.directory.enums import STANDING
from didaskaleio.directory.enums import EngagementState as E
from didaskaleio.directory.enums import TermState as T
from didaskaleio.kernel.expiry import lapse, remind
from didaskaleio.kernel.lifecycle import lifecycle, step


def _begun(term: Any, at: datetime) -> str | None:
    if at <= term.begins_at:
        return "Η θητεία μόλις αρχίζει. Δοκιμάστε ξανά σε λίγο."
    return None


TERM = lifecycle(
    "term",
    "Θητεία",
    T,
    step(
        "begin",
        T.NAMED,
        T.SERVING,
        needs="term.settle",
        label="Έναρξη θητείας",
        done="Άρχισε η θητεία",
        due="begins_at",
        button=False,
    ),
    remind(T.SERVING, T.ENDING, needs="term.settle"),
    lapse(STANDING, T.ENDED, needs="term.settle", label="Λήξη θητείας", done="Έληξε η θητεία"),
    step(
        "hand_over",
        T.ENDED,
        T.HANDED_OVER,
        needs="term.hand_over",
        label="Παράδοση και παραλαβή",
        done="Έγινε η παράδοση",
        reason=True,
    ),
    step(
        "resign",
        STANDING,
        T.ENDED,
        needs="term.own",
        label="Παραίτηση",
        done="Υπέβαλε παραίτηση",
        reason=True,
        danger=True,
        guard=_begun,
    ),
    step(
        "release",
        STANDING,
        T.ENDED,
        needs="term.keep",
        label="Λήξη με απόφαση",
        done="Έληξε με απόφαση",
        reason=True,
        danger=True,
        guard=_begun,
    ),
    step(
        "cancel",
        T.NAMED,
        T.CANCELLED,
        needs="term.keep",
        label="Ανάκληση ορισμού",
        done="Ανακλήθηκε ο ορισμός",
        reason=True,
        danger=True,
    ),
    kinds={
        T.NAMED: "info",
        T.SERVING: "good",
        T.ENDING: "wait",
        T.ENDED: "wait",
        T.CANCELLED: "bad",
    },
)
ENGAGEMENT = lifecycle(
    "engagement",
    "Θέση ορισμένου χρόνου",
    E,
    remind(E.ACTIVE, E.ENDING, needs="engagement.settle"),
    lapse(
        (E.ACTIVE, E.ENDING),
        E.ENDED,
        needs="engagement.settle",
        label="Λήξη θέσης",
        done="Έληξε η θέση",
    ),
    step(
        "stop",
        (E.ACTIVE, E.ENDING),
        E.STOPPED,
        needs="engagement.keep",
        label="Διακοπή",
        done="Διακόπηκε η θέση",
        reason=True,
        danger=True,
    ),
    kinds={E.ACTIVE: "good", E.ENDING: "wait", E.STOPPED: "bad"},
)
