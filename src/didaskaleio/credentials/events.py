"""Events (γεγονότα) of room credentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from didaskaleio.kernel.events import Event


@dataclass(frozen=True)
class CredentialsMoved(Event):
    """Credentials were issued, revoked or replaced (``state``), many at once or one."""

    ids: tuple[int, ...]
    state: str
    at: datetime
