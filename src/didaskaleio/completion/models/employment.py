"""Employment (απασχόληση): attestations of the work of trainers and staff."""

from __future__ import annotations

from django.db import models

from didaskaleio.completion.enums import EmploymentState
from didaskaleio.credentials.models import Credential
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme


class EmploymentAttestation(models.Model):
    """Employment attestation (βεβαίωση απασχόλησης): asked for by who worked, then issued.

    ``work`` keeps the hours by role and kind as they stood when it was issued, whole teaching
    hours of signed sheets: ``[{"role", "kind", "sessions", "hours"}]``.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=EmploymentState, default=EmploymentState.REQUESTED
    )
    purpose = models.CharField(max_length=200, blank=True)
    work = models.JSONField(default=list)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=models.Q(state__in=["requested", "issued"]),
                name="one_standing_employment",
            )
        ]

    @property
    def hours(self) -> int:
        """All hours that it attests."""
        return sum(line["hours"] for line in self.work)
