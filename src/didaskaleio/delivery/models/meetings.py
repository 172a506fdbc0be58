"""Meetings (συναντήσεις): sessions from the timetable, attendance sheets, excuses, disputes."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from didaskaleio.delivery.enums import Attendee, DisputeState, ExcuseState, Mark, SessionState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme, Slot


class TrainingSession(models.Model):
    """Session (συνεδρία ή υποστηρικτική συνάντηση) made from a slot of the timetable.

    ``trainer`` teaches it: the programme's, or whoever took it over from them.
    ``hours`` are its own teaching hours, ``async_hours`` the own work that belongs to it;
    ``revision`` counts its changes of time and of trainer. While a change waits for the centre,
    ``proposed_starts_at`` holds the moment proposed; the length never changes.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sessions")
    slot = models.OneToOneField(Slot, models.PROTECT, null=True, related_name="session")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=SlotKind)
    trainer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    async_hours = models.PositiveSmallIntegerField(default=0)
    topic = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=SessionState, default=SessionState.PLANNED)
    async_confirmed_at = models.DateTimeField(null=True)
    draft_saved_at = models.DateTimeField(null=True)
    proposed_starts_at = models.DateTimeField(null=True)
    proposal_reason = models.TextField(blank=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["programme", "starts_at"], name="session_programme")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "sequence"], name="session_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}η συνάντηση"

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


class Attendance(models.Model):
    """The present roll of a session (παρουσία): one row a person, until the sheet is signed.

    ``minutes`` are minutes attended of the session's own; ``async_done`` tells whether the
    session's asynchronous hours are confirmed for a trainee.
    """

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="roll")
    attendee = models.CharField(max_length=8, choices=Attendee)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    application = models.ForeignKey(
        ParticipationApplication, models.PROTECT, null=True, related_name="attendance"
    )
    mark = models.CharField(max_length=8, choices=Mark, default=Mark.UNKNOWN)
    minutes = models.PositiveSmallIntegerField(default=0)
    async_done = models.BooleanField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person", "attendee"], name="one_mark_a_session"
            )
        ]


class AttendanceSheet(models.Model):
    """A signed sheet (παρουσιολόγιο): immutable; a correction is a new version with a reason."""

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="sheets")
    version = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    topic = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["session", "version"], name="sheet_once")]

    @property
    def digest_groups(self) -> str:
        """The digest in groups of eight, as people compare it."""
        return " ".join(self.digest[i : i + 8] for i in range(0, len(self.digest), 8))


class Excuse(models.Model):
    """Excuse for an absence (δικαιολόγηση) with its document, decided by the centre."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="excuses")
    text = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ExcuseState, default=ExcuseState.SUBMITTED)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(state="submitted"), name="one_open_excuse"
            )
        ]

    def __str__(self) -> str:
        return str(self.attendance.person)


class Dispute(models.Model):
    """A trainee's dispute of a signed mark (αντίρρηση), decided by the implementing body."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="disputes")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=DisputeState, default=DisputeState.OPEN)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(state="open"), name="one_open_dispute"
            )
        ]

    def __str__(self) -> str:
        return str(self.attendance.person)
