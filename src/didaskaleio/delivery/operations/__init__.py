"""Acts of room delivery (πράξεις διεξαγωγής)."""

from __future__ import annotations

from didaskaleio.delivery.operations.programmes import (
    abort,
    admit,
    complete_if_over,
    conditions,
    remove,
    resume,
    start,
    suspend,
)
from didaskaleio.delivery.operations.rulings import (
    decide_dispute,
    decide_excuse,
    dispute,
    excuse,
)
from didaskaleio.delivery.operations.sessions import (
    confirm,
    end,
    mark_not_held,
    replace,
    reschedule,
)
from didaskaleio.delivery.operations.sessions import start as start_session
from didaskaleio.delivery.operations.sheets import (
    Marked,
    correct,
    correct_again,
    countersign,
    mark,
    sign,
)

__all__ = [
    "Marked",
    "abort",
    "admit",
    "complete_if_over",
    "conditions",
    "confirm",
    "correct",
    "correct_again",
    "countersign",
    "decide_dispute",
    "decide_excuse",
    "dispute",
    "end",
    "excuse",
    "mark",
    "mark_not_held",
    "remove",
    "replace",
    "reschedule",
    "resume",
    "sign",
    "start",
    "start_session",
    "suspend",
]
