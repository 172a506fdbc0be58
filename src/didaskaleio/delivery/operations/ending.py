"""The end of a programme (ολοκλήρωση): nothing is left to hold, sign or confirm."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery import queries
from didaskaleio.delivery.lifecycle import SESSION, SETTLED
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

SESSION.model = TrainingSession


@PROGRAMME.performs("last_session_held")
def finish(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """The last sheet is signed: the programme is completed."""


def settle(programme: Programme, *, at: datetime) -> bool:
    """Finish the programme if nothing of it is left to hold, sign or confirm.

    The caller holds the programme's row, so that two last signatures do not miss each other.
    """
    if programme.state != ProgrammeState.RUNNING:
        return False
    sessions = TrainingSession.objects.filter(programme=programme)
    left = sessions.exclude(state__in=SETTLED).exists()
    if left or queries.without_async(sessions).exists():
        return False
    finish(programme, actor=SYSTEM, at=at)
    return True
