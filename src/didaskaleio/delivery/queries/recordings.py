"""Recordings of sessions: which are made, which the classroom is to be asked about."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.delivery import minutes
from didaskaleio.delivery.enums import RecordingState
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import SessionRecording, TrainingSession
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import SlotKind
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


def to_ask(at: datetime) -> QuerySet[SessionRecording]:
    """Recordings about which the classroom is to be asked now, the longest due first."""
    rows = SessionRecording.objects.filter(ask_at__lte=at).exclude(state=RecordingState.DELETED)
    return rows.select_related("session__programme").order_by("ask_at", "pk")


def shown(recordings: QuerySet[SessionRecording]) -> QuerySet[SessionRecording]:
    """Everything that the page of a recording shows."""
    return recordings.select_related(
        "session__programme__period__action__body",
        "session__programme__centre",
        "session__programme__cluster",
        "session__trainer",
    )
