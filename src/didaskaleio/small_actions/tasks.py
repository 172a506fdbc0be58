"""Jobs of room small_actions: reminders of tomorrow, attestations after the roll."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel import clock, jobs, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.small_actions import notices, operations
from didaskaleio.small_actions.models import SmallAction


@lifecycle.chore("small_actions.reminders")
def remind(at: datetime) -> int:
    """Remind those whose action is near."""
    operations.remind_of_tomorrow(at)
    return 0


@jobs.job("small_actions.attest")
def attest(action: int) -> None:
    """Issue the attestations of an action; a job that comes twice issues nothing twice."""
    row = SmallAction.objects.filter(pk=action).first()
    if row is None:
        return
    at = clock.now()
    try:
        operations.attest(row, actor=SYSTEM, at=at)
    except Refusal as refusal:  # the seal went away since the roll was closed
        notices.not_issued(row, [str(refusal)], at=at)
