"""Session reports (εκθέσεις συναντήσεων): what the trainer says of a session that was held."""

from __future__ import annotations

from django.db import models

from didaskaleio.courses.models import SyllabusUnit
from didaskaleio.delivery.models.meetings import TrainingSession
from didaskaleio.kernel.forms.models import AnswerSheet
from didaskaleio.people.models import Person


class SessionReport(models.Model):
    """Session report (έκθεση συνάντησης): one, filed by whoever taught; answers do not change."""

    session = models.OneToOneField(TrainingSession, models.PROTECT, related_name="report")
    sheet = models.ForeignKey(AnswerSheet, models.PROTECT, related_name="+")
    units = models.ManyToManyField(SyllabusUnit, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Έκθεση: {self.session.programme.code}, {self.session}"
