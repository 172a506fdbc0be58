"""Session reports (εκθέσεις συναντήσεων): what the trainer says of a session that was held."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.courses.models import SyllabusUnit
from didaskaleio.delivery.models.meetings import TrainingSession
from didaskaleio.kernel.forms.models import AnswerSheet
from didaskaleio.people.models import Person


class SessionReport(models.Model):
    """Session report (έκθεση συνάντησης): immutable; a correction is a new version with a reason.

    Filed by whoever taught; ``sheet`` holds the answers of this version.
    """

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField(default=1)
    sheet = models.ForeignKey(AnswerSheet, models.PROTECT, related_name="+")
    units = models.ManyToManyField(SyllabusUnit, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="session_report_once"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="session_report_corrected_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Έκθεση: {self.session.programme.code}, {self.session}"


class CorrectionRequest(models.Model):
    """Request to correct a session report (αίτημα διόρθωσης έκθεσης), about one version of it.

    ``answer`` is the reason of the new version, or why the report stays as it is.
    """

    report = models.ForeignKey(SessionReport, models.PROTECT, related_name="requests")
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(answered_at__isnull=True),
                name="one_open_correction_request",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="correction_request_answered_in_words",
            ),
        ]
