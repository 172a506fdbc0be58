"""Operations of room connectors: receive an export or pull it, compare, apply, undo; push."""

from __future__ import annotations

from didaskaleio.connectors.operations.attending import take_record
from didaskaleio.connectors.operations.comparing import compare, stop
from didaskaleio.connectors.operations.correcting import (
    accept,
    decline,
    request_correction,
    withdraw,
)
from didaskaleio.connectors.operations.moving import (
    apply,
    carry_out,
    halt_apply,
    halt_undo,
    take_back,
    undo,
)
from didaskaleio.connectors.operations.pulling import fail, fetch, pull, standing, unfinished
from didaskaleio.connectors.operations.pushing import due, owe, push, send_again, send_all_again
from didaskaleio.connectors.operations.receiving import discard, map_columns, receive
from didaskaleio.connectors.operations.scheduling import last_due, pull_if_due, set_timetable

__all__ = [
    "accept",
    "apply",
    "carry_out",
    "compare",
    "decline",
    "discard",
    "due",
    "fail",
    "fetch",
    "halt_apply",
    "halt_undo",
    "last_due",
    "map_columns",
    "owe",
    "pull",
    "pull_if_due",
    "push",
    "receive",
    "request_correction",
    "send_again",
    "send_all_again",
    "set_timetable",
    "standing",
    "stop",
    "take_back",
    "take_record",
    "undo",
    "unfinished",
    "withdraw",
]
