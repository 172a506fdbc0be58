"""Acts of room enrolment (πράξεις): applying, the ceremony, the draw."""

from __future__ import annotations

from didaskaleio.enrolment.operations.applying import (
    add_preference,
    remove_preference,
    resubmit,
    save_draft,
    send,
    start,
    submit,
    withdraw,
)
from didaskaleio.enrolment.operations.ceremony import (
    BeaconRule,
    announce,
    default_rule,
    demo_beacon,
    extend,
    freeze,
    reopen,
)
from didaskaleio.enrolment.operations.drawing import (
    confirm_and_draw,
    draw_without_secret,
    enter_beacon,
    restore_secret,
)

__all__ = [
    "BeaconRule",
    "add_preference",
    "announce",
    "confirm_and_draw",
    "default_rule",
    "demo_beacon",
    "draw_without_secret",
    "enter_beacon",
    "extend",
    "freeze",
    "remove_preference",
    "reopen",
    "restore_secret",
    "resubmit",
    "save_draft",
    "send",
    "start",
    "submit",
    "withdraw",
]
