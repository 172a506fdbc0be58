"""Calls for work in the programmes of an action (προσκλήσεις για έργο; R-029)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.programmes.enums import WorkCallState, WorkFor
from didaskaleio.programmes.models.offering import TrainingAction, TrainingPeriod
from didaskaleio.structures.models import Cluster, Prefecture, Region


class WorkCall(models.Model):
    """Call for work (πρόσκληση για έργο): trainers or centres apply for programmes of a period.

    ``answer_hours``: how long whoever is asked to take a programme may think about it.
    """

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="work_calls")
    audience = models.CharField(max_length=8, choices=WorkFor)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=WorkCallState, default=WorkCallState.DRAFT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answer_hours = models.PositiveSmallIntegerField(default=72)
    number = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-opens_at", "-pk"]
        indexes = [models.Index(fields=["state", "audience"], name="work_call_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="work_call_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(answer_hours__gte=1), name="work_call_lets_answer"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def action(self) -> TrainingAction:
        """The action to whose period the work belongs."""
        return self.period.action

    @property
    def for_trainers(self) -> bool:
        """Whether persons apply, and not centres."""
        return self.audience == WorkFor.TRAINERS


class WorkCallLine(models.Model):
    """Line of a call (θέση έργου): how many of a cluster in a prefecture, or of a region.

    ``places`` are trainers in a call for trainers, programmes in one for centres.
    """

    call = models.ForeignKey(WorkCall, models.CASCADE, related_name="lines")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    places = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["prefecture__sort_key", "region__name", "cluster__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "cluster", "prefecture", "region"],
                nulls_distinct=False,
                name="work_line_once",
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="work_line_wants_somebody"),
            models.CheckConstraint(
                condition=Q(cluster__isnull=False, prefecture__isnull=False, region=None)
                | Q(cluster=None, prefecture=None, region__isnull=False),
                name="work_line_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        if self.cluster is None or self.prefecture is None:
            return str(self.region)
        return f"{self.cluster.shown_code} {self.cluster.title}, {self.prefecture.name}"
