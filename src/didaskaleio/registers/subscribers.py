"""What follows from the announced acts on a call, in the same transaction."""

from __future__ import annotations

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.events import StepsTaken, subscribe
from didaskaleio.registers import operations
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import CallAct

ANNOUNCED = frozenset({"publish", "amend", "extend", "revoke"})


@subscribe(StepsTaken)
def tell_those_concerned(event: StepsTaken) -> None:
    """Whoever an announced act concerns is told by a job, however many they are."""
    if event.lifecycle != CALL.name or event.step not in ANNOUNCED or event.actor_id is None:
        return
    for act in CallAct.objects.filter(call__in=event.ids, at=event.at).select_related("call"):
        operations.announce(act, actor=Actor(user_id=event.actor_id), at=event.at)
