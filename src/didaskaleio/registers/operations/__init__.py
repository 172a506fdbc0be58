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
    "amend",
    "attach",
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
    "resubmit",
    "resume",
    "revoke",
    "save_answers",
    "send",
    "start",
    "submit",
    "unfollow",
    "withdraw",
    "write",
    "write_audience",
]
