"""Measures of a funded project (ενέργειες Πράξης): evaluation, quality, publicity, equipment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.completion.enums import MeasureKind, MeasureState
from didaskaleio.kernel.models import StoredFile
from didaskaleio.structures.models import FundedProject


class ProjectMeasure(models.Model):
    """Measure of a funded project (ενέργεια Πράξης; 001 §1): planned for a day, then done.

    ``quantity`` counts pieces of equipment, copies, events; ``file`` is the evidence.
    """

    project = models.ForeignKey(FundedProject, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=14, choices=MeasureKind)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=MeasureState, default=MeasureState.PLANNED)
    done_on = models.DateField(null=True)
    quantity = models.PositiveIntegerField(null=True)
    result = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_on__isnull=False) & ~Q(result="")),
                name="done_measure_has_its_result",
            )
        ]

    def __str__(self) -> str:
        return self.title
