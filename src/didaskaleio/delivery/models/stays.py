"""Stays (παραμονές) in the virtual classroom, as they were seen from minute to minute."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.delivery.models.meetings import Attendance


class Stay(models.Model):
    """Stay of a person in the virtual classroom (παραμονή): from when to when seen inside."""

    row = models.ForeignKey(Attendance, models.CASCADE, related_name="stays")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        ordering = ["first_seen", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seen__gte=F("first_seen")), name="stay_ends_after_it_begins"
            )
        ]
