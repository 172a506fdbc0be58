"""Acts of room surveys."""

from __future__ import annotations

from didaskaleio.surveys.operations.answering import answer
from didaskaleio.surveys.operations.counting import cancel, count_up, lapse
from didaskaleio.surveys.operations.dispatching import dispatch, receive
from didaskaleio.surveys.operations.keeping import (
    add_rule,
    begin,
    change_rule,
    resume_rule,
    stop_rule,
)
from didaskaleio.surveys.operations.launching import launch, occur, open_survey, remind

__all__ = [
    "add_rule",
    "answer",
    "begin",
    "cancel",
    "change_rule",
    "count_up",
    "dispatch",
    "lapse",
    "launch",
    "occur",
    "open_survey",
    "receive",
    "remind",
    "resume_rule",
    "stop_rule",
]
