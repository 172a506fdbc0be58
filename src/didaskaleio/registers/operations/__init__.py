"""Acts of room registers: calls with their announced acts, candidacies, the wallet."""

from __future__ import annotations

from didaskaleio.registers.operations.applying import (
    give_kept,
    give_new,
    resubmit,
    resume,
    save_answers,
    send,
    start,
    submit,
    withdraw,
)
from didaskaleio.registers.operations.calling import (
    AUDIENCE,
    WRITTEN,
    amend,
    attach,
    detach,
    discard,
    expire,
    extend,
    prepare,
    publish,
    revoke,
    write,
    write_audience,
)
from didaskaleio.registers.operations.completing import (
    accept,
    ask_completion,
    complete,
    completion_expired,
    reject,
    take_back,
)
from didaskaleio.registers.operations.telling import (
    follow,
    unfollow,
)
from didaskaleio.registers.operations.wallet import (
    describe,
    drop,
    keep,
)

__all__ = [
    "AUDIENCE",
    "WRITTEN",
    "accept",
    "amend",
    "ask_completion",
    "attach",
    "complete",
    "completion_expired",
    "describe",
    "detach",
    "discard",
    "drop",
    "expire",
    "extend",
    "follow",
    "give_kept",
    "give_new",
    "keep",
    "prepare",
    "publish",
    "reject",
    "resubmit",
    "resume",
    "revoke",
    "save_answers",
    "send",
    "start",
    "submit",
    "take_back",
    "unfollow",
    "withdraw",
    "write",
    "write_audience",
]
