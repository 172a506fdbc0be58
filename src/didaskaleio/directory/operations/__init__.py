"""Acts of room directory: entries, offices, terms, time-limited posts."""

from __future__ import annotations

from didaskaleio.directory.operations.entries import (
    CONTENT,
    HELD,
    LISTED,
    abolish,
    amend,
    close,
    enter,
    found,
    revise,
)
from didaskaleio.directory.operations.guests import engage, stop
from didaskaleio.directory.operations.terms import (
    appoint,
    begin,
    cancel,
    hand_over,
    lapse,
    release,
    remind,
    resign,
)

__all__ = [
    "CONTENT",
    "HELD",
    "LISTED",
    "abolish",
    "amend",
    "appoint",
    "begin",
    "cancel",
    "close",
    "engage",
    "enter",
    "found",
    "hand_over",
    "lapse",
    "release",
    "remind",
    "resign",
    "revise",
    "stop",
]
