"""Recordings of sessions: which are made, which the classroom is to be asked about."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from didaskaleio.delivery import minutes
from didaskaleio.delivery.enums import RecordingState
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import SessionRecording, TrainingSession
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ProgrammeState, SlotKind
from didaskaleio.programmes.parameters import Parameters


def will_be(session: TrainingSession, at: datetime, numbers: Parameters | None = None) -> bool:
    """Whether a session ahead is recorded: at a distance, in an action that records.

    ``numbers`` are the parameters of its action where the caller has them already.
    """
    remote = session.kind != SlotKind.FACE_TO_FACE and session.state not in UNMARKED
    if not remote or minutes.classroom() is None:
        return False
    held = numbers or parameters.of(session.programme.period.action, at)
    return held.sessions_recorded


def until(session: TrainingSession, numbers: Parameters) -> datetime:
    """Until when a recording of a session is kept, at least a day."""
    return session.ends_at + timedelta(days=max(numbers.recording_days, 1))


def foretold(session: TrainingSession, at: datetime) -> datetime | None:
    """Until when a session ahead that is recorded will be kept; None where it is not recorded."""
    if session.ends_at < at or not will_be(session, at):
        return None
    return until(session, parameters.of(session.programme.period.action, at))


def for_group(session: TrainingSession) -> SessionRecording | None:
    """The recording that a session's own group may watch: while the programme runs."""
    found: SessionRecording | None = getattr(session, "recording", None)
    there = found is not None and found.state == RecordingState.AVAILABLE
    return found if there and session.programme.state == ProgrammeState.RUNNING else None


def to_ask(at: datetime) -> QuerySet[SessionRecording]:
    """Recordings about which the classroom is to be asked now, the longest due first."""
    rows = SessionRecording.objects.filter(ask_at__lte=at)
    return rows.select_related("session__programme").order_by("ask_at", "pk")


def shown(recordings: QuerySet[SessionRecording]) -> QuerySet[SessionRecording]:
    """Everything that the page of a recording shows."""
    return recordings.select_related(
        "session__programme__period__action__body",
        "session__programme__centre",
        "session__programme__cluster",
        "session__trainer",
    )
