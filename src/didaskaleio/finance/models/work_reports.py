"""Reports of work (εκθέσεις πεπραγμένων): what each paid contributor did, in their own words."""

from __future__ import annotations

from django.db import models

from didaskaleio.finance.enums import WorkReportState
from didaskaleio.finance.models.contracts import Contract
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.structures.models import TrainingCentre


class WorkReport(models.Model):
    """Report of work (έκθεση πεπραγμένων) of one contract: what was done, activity by activity.

    ``texts`` are the contributor's words by activity. ``activities`` keeps the figures as they
    stood at the submission: ``[{"key", "title", "quantity", "lines": [[what, day, quantity]]}]``.
    ``centre`` is where the work was done, and whose head judges it beside the body.
    """

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="work_report")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=WorkReportState, default=WorkReportState.DRAFT)
    activities = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    summary = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=40, blank=True)
    document = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["centre", "state"], name="work_report_judged")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="work_report_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"Έκθεση πεπραγμένων {self.number or self.contract.number}"
