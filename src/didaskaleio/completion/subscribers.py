"""What completion hears (αντιδράσεις): the last session of a programme, later signatures.

It also tells the questionnaires what they may be about, and when each has happened.
"""

from __future__ import annotations

from didaskaleio.completion import operations
from didaskaleio.completion.queries import asked
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.events import StepsTaken, subscribe
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme
from didaskaleio.surveys import occasions
from didaskaleio.surveys import operations as surveys
from didaskaleio.surveys.enums import Occasion

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


HAPPENED = {
    ("programme", "last_session_held"): Occasion.PROGRAMME,
    ("period", "close"): Occasion.PERIOD,
    ("session", "sign_sheet"): Occasion.SESSION,
}
occasions.register(Occasion.PROGRAMME, asked.OF_PROGRAMME)
occasions.register(Occasion.PERIOD, asked.OF_PERIOD)
occasions.register(Occasion.SESSION, asked.OF_SESSION)


@subscribe(StepsTaken)
def send_questionnaires(event: StepsTaken) -> None:
    """What the rules of the body send after a programme, a period or a session."""
    occasion = HAPPENED.get((event.lifecycle, event.step))
    if occasion is not None:
        surveys.occur(occasion, event.ids, at=event.at)
