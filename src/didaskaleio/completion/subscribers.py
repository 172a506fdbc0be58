"""What completion hears (αντιδράσεις): the last session of a programme, later signatures."""

from __future__ import annotations

from didaskaleio.completion import operations
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.events import StepsTaken, subscribe
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme

FINISHED = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)
SIGNING = frozenset({"signed", "corrected", "closed"})


@subscribe(StepsTaken)
def settle_what_finished(event: StepsTaken) -> None:
    """Settle at the end of a programme, and again after each signature or correction."""
    if event.lifecycle == "programme" and event.step == "last_session_held":
        programmes = Programme.objects.filter(pk__in=event.ids)
    elif event.lifecycle == "session" and event.target in SIGNING:
        sessions = TrainingSession.objects.filter(pk__in=event.ids)
        programmes = Programme.objects.filter(
            pk__in=sessions.values("programme_id"), state__in=FINISHED
        )
    else:
        return
    for programme in programmes.select_related("period__action", "category").order_by("pk"):
        operations.settle(programme, at=event.at)
