"""Life cycles of room delivery, by subject."""

from __future__ import annotations

from didaskaleio.delivery.lifecycle.application import CLASS_APPLICATION, EDITABLE, PROVING
from didaskaleio.delivery.lifecycle.recordings import RECORDING
from didaskaleio.delivery.lifecycle.sessions import (
    BEFORE,
    EARLY,
    NOTICE_HOURS,
    OPEN,
    SESSION,
    SETTLED,
    UNMARKED,
    may_record,
)
from didaskaleio.delivery.lifecycle.substitutions import SUBSTITUTION
from didaskaleio.delivery.lifecycle.tasks_given import GIVEN_TASK, OPEN_TASKS
from didaskaleio.delivery.lifecycle.visits import ROUND, VISIT

__all__ = [
    "BEFORE",
    "CLASS_APPLICATION",
    "EARLY",
    "EDITABLE",
    "GIVEN_TASK",
    "NOTICE_HOURS",
    "OPEN",
    "OPEN_TASKS",
    "PROVING",
    "RECORDING",
    "ROUND",
    "SESSION",
    "SETTLED",
    "SUBSTITUTION",
    "UNMARKED",
    "VISIT",
    "may_record",
]
