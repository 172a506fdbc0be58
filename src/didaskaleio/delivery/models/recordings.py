"""Recordings (μαγνητοσκοπήσεις): what the virtual classroom keeps of a session, and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.delivery.enums import RecordingState
from didaskaleio.delivery.models.meetings import TrainingSession


class SessionRecording(models.Model):
    """Recording of a session (μαγνητοσκόπηση), from when its meeting is opened with recording on.

    ``ask_at`` is when the classroom is asked next, ``away_since`` since when it does not answer;
    at ``keep_until`` it is asked to delete what it has.
    """

    session = models.OneToOneField(TrainingSession, models.PROTECT, related_name="recording")
    state = models.CharField(max_length=12, choices=RecordingState, default=RecordingState.EXPECTED)
    opened_at = models.DateTimeField()
    keep_until = models.DateTimeField()
    ask_at = models.DateTimeField(null=True)
    away_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ask_at"], name="recording_ask", condition=Q(ask_at__isnull=False))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_until__gt=F("opened_at")), name="recording_kept_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return f"Μαγνητοσκόπηση: {self.session.programme.code}, {self.session}"

    @property
    def minutes(self) -> int:
        """How long all its parts are together."""
        return sum(part.minutes for part in self.parts.all())


class RecordingPart(models.Model):
    """One file of a recording (μέρος μαγνητοσκόπησης) as the classroom describes it.

    ``formats`` hold what it may be watched as: words, address, minutes, bytes; once the recording
    is deleted the addresses are gone.
    """

    recording = models.ForeignKey(SessionRecording, models.PROTECT, related_name="parts")
    record_id = models.CharField(max_length=120, unique=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    size = models.BigIntegerField(default=0)
    formats = models.JSONField(default=list)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="recording_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(size__gte=0), name="recording_size_is_a_size"),
        ]

    def __str__(self) -> str:
        return self.record_id

    @property
    def minutes(self) -> int:
        """How long it is, in whole minutes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)
