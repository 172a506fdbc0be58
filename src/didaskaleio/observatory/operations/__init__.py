"""Operations of room observatory: keep reports, share them, send them; serve requests."""

from __future__ import annotations

from didaskaleio.observatory.operations.forecasting import forecast
from didaskaleio.observatory.operations.keeping import (
    archive,
    copy,
    create,
    reopen,
    restore,
    save,
    share,
    unshare,
)
from didaskaleio.observatory.operations.requesting import (
    accept,
    answer,
    ask,
    decline,
    deliver,
    give_back,
    request_service,
    take,
    withdraw,
)
from didaskaleio.observatory.operations.sending import (
    next_due,
    send_due,
    send_now,
    subscribe,
    unsubscribe,
)

__all__ = [
    "accept",
    "answer",
    "archive",
    "ask",
    "copy",
    "create",
    "decline",
    "deliver",
    "forecast",
    "give_back",
    "next_due",
    "reopen",
    "request_service",
    "restore",
    "save",
    "send_due",
    "send_now",
    "share",
    "subscribe",
    "take",
    "unshare",
    "unsubscribe",
    "withdraw",
]
