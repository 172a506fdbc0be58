"""Life cycles of room delivery, by subject."""

from __future__ import annotations

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
from didaskaleio.delivery.lifecycle.visits import ROUND, VISIT

__all__ = [
    "BEFORE",
    "EARLY",
    "NOTICE_HOURS",
    "OPEN",
    "ROUND",
    "SESSION",
    "SETTLED",
    "UNMARKED",
    "VISIT",
    "may_record",
]
