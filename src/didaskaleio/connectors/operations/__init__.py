"""Operations of room connectors: receive an export, compare, apply, undo."""

from __future__ import annotations

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
from didaskaleio.connectors.operations.receiving import discard, map_columns, receive

__all__ = [
    "accept",
    "apply",
    "carry_out",
    "compare",
    "decline",
    "discard",
    "halt_apply",
    "halt_undo",
    "map_columns",
    "receive",
    "request_correction",
    "stop",
    "take_back",
    "undo",
    "withdraw",
]
