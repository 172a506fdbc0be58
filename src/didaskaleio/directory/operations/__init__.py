"""Acts of room directory: entries, offices, terms."""

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
    "enter",
    "found",
    "hand_over",
    "lapse",
    "release",
    "remind",
    "resign",
    "revise",
]
