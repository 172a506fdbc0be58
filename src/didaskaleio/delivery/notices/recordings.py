"""Notices of recordings: what the classroom did not give."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import SessionRecording
from didaskaleio.delivery.notices.sessions import managers_of, of_session
from didaskaleio.kernel.notices import Kind, declare

RECORDING = declare(Kind("delivery.recording", "Μαγνητοσκοπήσεις συναντήσεων"))


def recording_missing(recording: SessionRecording, *, at: datetime) -> None:
    """Trainer and centre learn that a session has no recording among its evidence."""
    session = recording.session
    of_session(
        RECORDING,
        [session.trainer_id, *managers_of(session.programme, at)],
        "Δεν βρέθηκε μαγνητοσκόπηση",
        session,
        "Η εικονική αίθουσα δεν την έδωσε μέσα σε επτά ημέρες. Αν έχει σταματήσει η εγγραφή, "
        "γράψτε το στην έκθεση της συνάντησης.",
        f"recording-missing:{recording.pk}",
        at,
        reverse("delivery:recording", args=[recording.pk]),
    )
