"""Records of the virtual classroom (συμβάντα αίθουσας) become stays of our sessions."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.connectors.bbb.events import Record
from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.access import Actor


def take_record(record: Record, *, actor: Actor, at: datetime) -> int:
    """Take in the record of one meeting; how many stays were new."""
    rows = TrainingSession.objects.filter(pk=record.session or 0).exclude(kind="f2f")
    session = rows.select_related("programme").first()
    if session is None:
        return 0
    return delivery.replay(session, record.visits, actor=actor, at=at)
