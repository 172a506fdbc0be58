"""Notices of recordings: what the classroom did not give."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import SessionRecording
from didaskaleio.delivery.notices.sessions import managers_of, tell
from didaskaleio.kernel.notices import Kind, declare

RECORDING = declare(Kind("delivery.recording", "Μαγνητοσκοπήσεις συναντήσεων"))


def recording_missing(recording: SessionRecording, *, at: datetime) -> None:
    """Trainer and centre learn that a session has no recording among its evidence."""
    session = recording.session
    tell(
        RECORDING,
        [session.trainer_id, *managers_of(session.programme, at)],
        f"Δεν βρέθηκε μαγνητοσκόπηση: {session} του {session.programme.code}",
        "Η εικονική αίθουσα δεν την έδωσε μέσα σε επτά ημέρες. Αν έχει σταματήσει η εγγραφή, "
        "γράψτε το στην έκθεση της συνάντησης.",
        f"recording-missing:{recording.pk}",
        reverse("delivery:recording", args=[recording.pk]),
        at,
    )
