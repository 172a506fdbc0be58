"""Completion (ολοκλήρωση): what each trainee fulfilled, attestations, consolidated attendance."""

from __future__ import annotations

from django.db import models

from didaskaleio.completion.enums import AttestationState
from didaskaleio.credentials.models import Credential
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.programmes.models import Programme


class Attestation(models.Model):
    """Attendance attestation (βεβαίωση παρακολούθησης): owed to a trainee, then issued.

    ``findings`` keeps the completion rules with their numbers as they stood at the decision.
    """

    application = models.ForeignKey(
        ParticipationApplication, models.PROTECT, related_name="attestations"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="attestations")
    state = models.CharField(max_length=10, choices=AttestationState, default=AttestationState.OWED)
    rules_version = models.PositiveSmallIntegerField()
    findings = models.JSONField(default=list)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["owed", "issued"]),
                name="one_standing_attestation",
            )
        ]


class ConsolidatedAttendance(models.Model):
    """Consolidated attendance (συγκεντρωτικό παρουσιολόγιο) of a programme, sealed."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="consolidations")
    version = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    document = models.OneToOneField(StoredDocument, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="consolidation_once")
        ]
