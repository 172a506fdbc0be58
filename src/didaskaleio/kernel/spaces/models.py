"""The model of spaces (χώροι): a decision on one need of one object."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class SpaceState(models.TextChoices):
    """What was decided; a need without a decision is owed."""

    OPENED = "opened", "Άνοιξε"
    UNAVAILABLE = "unavailable", "Δεν διατίθεται εδώ"


class Space(models.Model):
    """A space (χώρος) that was opened, or decided not to be available here; one for each need."""

    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    need = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=SpaceState)
    place = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "need"], name="space_once"),
            models.CheckConstraint(
                condition=~Q(state="unavailable") | ~Q(reason=""), name="space_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.need

    @property
    def address(self) -> str:
        """The page of this platform that the place is; empty when it is told in words."""
        here = self.place.startswith("/") and not self.place.startswith("//")
        return self.place if here else ""
