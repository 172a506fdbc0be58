"""Διεξαγωγή προγράμματος (delivery): start, suspension, stop; removal of a trainee."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.operations import interruptions, rolls
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme


@PROGRAMME.performs("start", locks=("period",))
def start(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Start (έναρξη): every precondition holds; sessions and rolls come from the timetable."""
    unmet = [c for c in queries.start_conditions(programme, at) if not c.fulfilled]
    if unmet:
        missing = "· ".join(f"{c.label} ({c.detail})" for c in unmet)
        raise StepRefusedError(f"Το πρόγραμμα δεν μπορεί να ξεκινήσει ακόμη: {missing}.")
    rolls.make_sessions(programme)
    notices.programme_started(programme, at=at)


@PROGRAMME.performs("suspend")
def suspend(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Suspend (αναστολή): no session is held or signed until the programme resumes."""
    notices.programme_suspended(programme, reason=reason, at=at)


@PROGRAMME.performs("resume")
def resume(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Resume (συνέχιση): what was due meanwhile is declared not held and waits to be replaced."""
    missed = interruptions.drop_missed(programme, at=at)
    notices.programme_resumed(programme, list(missed), at=at)


@PROGRAMME.performs("abort")
def abort(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Stop for good (διακοπή): the sessions still to come are cancelled with it."""
    cancelled = interruptions.cancel_rest(programme, actor=actor, at=at, reason=reason)
    notices.programme_stopped(programme, cancelled.count(), reason=reason, at=at)


@APPLICATION.performs("exceed_absences", locks=("programme",))
def remove_for_absences(
    application: ParticipationApplication, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Remove a trainee who passed the limit of absences (διαγραφή λόγω απουσιών)."""
    standing = queries.absence_of(application, at)
    if not standing.over:
        raise StepRefusedError(
            f"Δεν έχει ξεπεραστεί το όριο: {standing.in_words()}", code="within_limit"
        )
    notices.removed(application, reason=reason, at=at)
