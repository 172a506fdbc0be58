"""When a recording is asked for, and until when it is kept (χρόνοι μαγνητοσκόπησης). Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(minutes=15)  # the classroom needs a while to make a recording
PATIENCE = timedelta(days=7)
AWAY = timedelta(minutes=10)


def next_ask(ended: datetime, at: datetime) -> datetime | None:
    """When to ask again after an answer without a recording; None once the patience is over.

    The longer ago the session ended, the longer the wait.
    """
    passed = at - ended
    if passed >= PATIENCE:
        return None
    return at + max(FIRST, passed / 4)
