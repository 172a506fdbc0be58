"""Sessions (συναντήσεις): start, end, another time, not held, replaced."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery import notices
from didaskaleio.delivery.errors import TimeRefusedError
from didaskaleio.delivery.lifecycle import SESSION
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.operations import rolls, timing
from didaskaleio.kernel.access import Actor


@SESSION.performs("start")
def start(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The session begins (έναρξη); a change of time nobody answered falls away."""
    session.proposed_starts_at, session.proposal_reason = None, ""


@SESSION.performs("end")
def end(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The session is over (λήξη): its sheet waits for the signature."""


@SESSION.performs("reschedule")
def reschedule(
    session: TrainingSession, *, actor: Actor, at: datetime, reason: str, starts_at: datetime
) -> None:
    """Propose another time (πρόταση αλλαγής ώρας): at least a day before, by all the rules."""
    timing.check_time(session, starts_at, at)
    session.proposed_starts_at, session.proposal_reason = starts_at, reason
    notices.move_proposed(session, reason=reason, at=at)


@SESSION.performs("confirm", locks=("programme",))
def confirm(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The centre agrees (έγκριση): the rules are asked again, then the timetable changes."""
    old, new = session.starts_at, session.proposed_starts_at
    if new is None or new <= at or old <= at:
        raise TimeRefusedError("Η ώρα πέρασε. Απαντήστε ότι η ώρα μένει ως έχει.")
    timing.move(session, new, at)
    notices.session_moved(session, old, at=at)


@SESSION.performs("decline")
def decline(session: TrainingSession, *, actor: Actor, at: datetime, reason: str) -> None:
    """The centre keeps the time as it is."""
    session.proposed_starts_at, session.proposal_reason = None, ""
    notices.move_declined(session, reason=reason, at=at)


@SESSION.performs("mark_not_held")
def mark_not_held(session: TrainingSession, *, actor: Actor, at: datetime, reason: str) -> None:
    """The session did not take place (δεν έγινε) and must be replaced."""
    session.proposed_starts_at, session.proposal_reason = None, ""
    notices.session_not_held(session, reason=reason, at=at)


@SESSION.performs("replace", locks=("programme",))
def replace(session: TrainingSession, *, actor: Actor, at: datetime, starts_at: datetime) -> None:
    """Hold it at another time (αναπλήρωση), inside the period and by all the rules."""
    old = session.starts_at
    timing.move(session, starts_at, at)
    rolls.clear(session)
    notices.session_moved(session, old, at=at)
