"""Jobs of room observatory: reports that come by themselves."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel import clock, jobs, lifecycle
from didaskaleio.observatory import operations
from didaskaleio.observatory.models import Subscription


@lifecycle.chore("observatory.subscriptions")
def order_what_is_due(at: datetime) -> int:
    """Order the sheets whose morning has come."""
    operations.send_due(at)
    return 0


@jobs.job("observatory.send")
def send(subscription: int, due: str) -> None:
    """Make and announce one sheet; a job that comes twice finds it made."""
    rows = Subscription.objects.select_related("person", "report__owner")
    row = rows.filter(pk=subscription).first()
    if row is not None:
        operations.send_now(row, datetime.fromisoformat(due), at=clock.now())
