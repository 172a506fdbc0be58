"""Acts of room registers: calls with their announced acts."""

from __future__ import annotations

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
from didaskaleio.registers.operations.telling import follow, unfollow

__all__ = [
    "AUDIENCE",
    "WRITTEN",
    "amend",
    "attach",
    "detach",
    "discard",
    "expire",
    "extend",
    "follow",
    "prepare",
    "publish",
    "revoke",
    "unfollow",
    "write",
    "write_audience",
]
