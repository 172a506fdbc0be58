"""Acts of room small_actions: writing and publishing, seats, presence, attestations."""

from __future__ import annotations

from didaskaleio.small_actions.operations.attesting import attest
from didaskaleio.small_actions.operations.composing import Content, compose, revise
from didaskaleio.small_actions.operations.publishing import (
    approve,
    begin,
    cancel,
    give_back,
    publish,
    remind_of_tomorrow,
    submit,
)
from didaskaleio.small_actions.operations.rolls import arrive, complete, reopen
from didaskaleio.small_actions.operations.seating import fill, register, withdraw

__all__ = [
    "Content",
    "approve",
    "arrive",
    "attest",
    "begin",
    "cancel",
    "complete",
    "compose",
    "fill",
    "give_back",
    "publish",
    "register",
    "remind_of_tomorrow",
    "reopen",
    "revise",
    "submit",
    "withdraw",
]
