"""Plans of merges (σχέδια συγχωνεύσεων): what the solver proposes, what the officer decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.enrolment.enums import LineDecision, MergePlanState, Verdict
from didaskaleio.enrolment.models.participation import ParticipationApplication
from didaskaleio.kernel.models import Work
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme, TrainingPeriod


class MergePlan(models.Model):
    """Plan of merges (σχέδιο συγχωνεύσεων) of a period: nothing moves until it is published.

    ``figures`` hold who sits in whole groups today and by the plan, with the bound of the solver.
    """

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="merge_plans")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=MergePlanState, default=MergePlanState.COMPUTING
    )
    figures = models.JSONField(default=dict)
    work = models.ForeignKey(Work, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Σχέδιο συγχωνεύσεων: {self.period}"


class MergeLine(models.Model):
    """Line of a plan (γραμμή σχεδίου): a programme that fills, what is proposed, the decision.

    ``before`` and ``after`` are its people; only what merges or closes is decided on.
    """

    plan = models.ForeignKey(MergePlan, models.CASCADE, related_name="lines")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    decision = models.CharField(
        max_length=8, choices=LineDecision, default=LineDecision.OPEN, blank=True
    )
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "programme"], name="merge_line_once"),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(reason=""), name="merge_decision_has_a_reason"
            ),
        ]


class MergeMove(models.Model):
    """Move of a plan (μετακίνηση): one person of a line and the programme that takes them.

    No ``target``: no seat was found, the person is released. ``wish`` is the place of the target
    in the person's own list, if it stands there.
    """

    line = models.ForeignKey(MergeLine, models.CASCADE, related_name="moves")
    application = models.ForeignKey(ParticipationApplication, models.PROTECT, related_name="+")
    target = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    wish = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "application"], name="merge_move_once")
        ]
