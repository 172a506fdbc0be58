"""Operations of room connectors: receive an export, compare, apply, undo."""

from __future__ import annotations

from didaskaleio.connectors.operations.comparing import compare, stop
from didaskaleio.connectors.operations.moving import apply, carry_out, take_back, undo
from didaskaleio.connectors.operations.receiving import discard, map_columns, receive

__all__ = [
    "apply",
    "carry_out",
    "compare",
    "discard",
    "map_columns",
    "receive",
    "stop",
    "take_back",
    "undo",
]
