"""Proposals of the solver (προτάσεις αυτόματου σχεδιασμού; R-033)."""

from __future__ import annotations

from django.db import models

from didaskaleio.kernel.models import Work
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import ArrangementState
from didaskaleio.programmes.models.offering import Programme, TrainingPeriod
from didaskaleio.structures.models import Region, TrainingCentre


class Arrangement(models.Model):
    """Arrangement (σχέδιο ωρολογίου και στελέχωσης) that the solver proposes for many drafts.

    For one ``centre``, or for the drafts of the period in a ``region`` or everywhere. ``figures``
    hold cost, bound and seconds; ``conflict`` and ``repairs`` are sentences for what is impossible.
    """

    period = models.ForeignKey(TrainingPeriod, models.CASCADE, related_name="arrangements")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=ArrangementState, default=ArrangementState.COMPUTING
    )
    figures = models.JSONField(default=dict)
    conflict = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    work = models.ForeignKey(Work, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["period", "centre", "-at"], name="arrangement_place")]

    def __str__(self) -> str:
        return f"Σχέδιο ωρολογίου: {self.centre or self.region or self.period}"


class ArrangementLine(models.Model):
    """Line of an arrangement (γραμμή σχεδίου): one draft as it was and as it would become.

    ``revision`` is the one that the solver read, ``applied_revision`` the one that applying made;
    ``pinned`` says what the person asked to keep; ``before`` and ``after`` hold trainer, room and
    slots.
    """

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="lines")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    applied_revision = models.PositiveIntegerField(null=True)
    pinned = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["programme__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "programme"], name="line_once")
        ]
