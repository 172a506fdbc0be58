"""Models of assessment (αξιολόγηση υποψηφιοτήτων; 000 §4 I.b, R-018)."""

from __future__ import annotations

from datetime import UTC

from django.db import models
from django.db.models import Q

from didaskaleio.people.models import Person
from didaskaleio.registers.enums import (
    AssessmentState,
    ConflictKind,
    ReconciliationState,
)
from didaskaleio.registers.models.calls import Call, Candidacy


class AssessmentPlan(models.Model):
    """How a call is assessed (σχέδιο αξιολόγησης): so many assessors each, until a moment."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="assessment_plan")
    each = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(each__gte=1) & Q(each__lte=2), name="assessment_plan_one_or_two"
            )
        ]


class AssessorLimit(models.Model):
    """The most candidacies of a call that an assessor takes (όριο αξιολογητή)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="assessor_limits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    most = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="assessor_limit_once")
        ]


class Conflict(models.Model):
    """Conflict of interest (σύγκρουση συμφερόντων) of a person with a candidacy, and why.

    Those that follow from what the platform knows (one's own candidacy in the call, a common
    school) are computed and not kept; see ``assessments.barred``.
    """

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConflictKind)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "person"], name="conflict_once")
        ]


class Assessment(models.Model):
    """Assessment (αξιολόγηση) of a candidacy by one person.

    ``verdicts`` are by key of question (see ``judging``); once it is submitted the database
    refuses to change them.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="assessments")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=AssessmentState, default=AssessmentState.ASSIGNED
    )
    verdicts = models.JSONField(default=dict)
    assigned_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "state"], name="assessment_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "person"],
                condition=~Q(state="released"),
                name="assessment_live_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="assessment_submitted_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"αξιολόγηση της υποψηφιότητας {self.candidacy.code}"


class Reconciliation(models.Model):
    """Reconciliation (συμφωνία αξιολογητών) of a candidacy on which assessments differ.

    ``verdicts`` are those proposed, or settled, for the questions that differ; ``proposer`` made
    the proposal that stands, ``arbiter`` decides alone where the body has named one.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="reconciliations")
    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="reconciliation")
    state = models.CharField(
        max_length=12, choices=ReconciliationState, default=ReconciliationState.OPEN
    )
    verdicts = models.JSONField(default=dict)
    proposer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    arbiter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)

    @property
    def seal(self) -> str:
        """What tells this proposal from a later one: one agrees to what was on the screen."""
        return self.proposed_at.astimezone(UTC).isoformat() if self.proposed_at else ""

    def __str__(self) -> str:
        return f"συμφωνία για την υποψηφιότητα {self.candidacy.code}"
