"""Applications for work (αιτήσεις για έργο; R-029): drafts, submitted versions, where they rank."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.kernel import greek
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import WorkApplicationState
from didaskaleio.programmes.models.work_calls import WorkCall, WorkCallLine
from didaskaleio.structures.models import TrainingCentre


class WorkApplication(models.Model):
    """Application for work (αίτηση για έργο) of one trainer or one centre in a call.

    ``draft`` is what is being written; ``submission`` the version that counts. ``line`` and
    ``granted`` are the outcome; ``moved`` says that an officer settled it by hand and why.
    """

    call = models.ForeignKey(WorkCall, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=WorkApplicationState, default=WorkApplicationState.DRAFT
    )
    code = models.CharField(max_length=8)
    draft = models.JSONField(default=dict)
    draft_saved_at = models.DateTimeField()
    submission = models.OneToOneField("WorkSubmission", models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(WorkCallLine, models.PROTECT, null=True, related_name="+")
    granted = models.PositiveSmallIntegerField(default=0)
    moved = models.BooleanField(default=False)
    moved_to = models.ForeignKey(WorkCallLine, models.PROTECT, null=True, related_name="+")
    moved_why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["call", "state"], name="work_application_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person", "centre"],
                nulls_distinct=False,
                name="work_application_once",
            ),
            models.UniqueConstraint(fields=["call", "code"], name="work_application_code_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, centre=None)
                | Q(person=None, centre__isnull=False),
                name="work_application_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applicant}: {self.call}"

    @property
    def applicant(self) -> str:
        """The name of whoever applies."""
        return self.person.full_name if self.person else str(self.centre)


class WorkSubmission(models.Model):
    """Submitted version (υποβολή) of an application for work, for good, with its receipt.

    ``lines`` are ids of lines in the order of preference; ``wanted`` hours or programmes.
    """

    application = models.ForeignKey(WorkApplication, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    wanted = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    receipt_number = models.CharField(max_length=40)
    receipt = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="work_submission_once")
        ]

    def __str__(self) -> str:
        return f"Αίτηση για έργο {self.receipt_number}"


class WorkStanding(models.Model):
    """Standing (σειρά κατάταξης) of an application in one line, as frozen at the deadline.

    ``points`` of the register, ``load`` in hours or programmes before this call, ``local``:
    serves in the prefecture of the line; ``lot`` decides between equals.
    """

    application = models.ForeignKey(WorkApplication, models.CASCADE, related_name="standings")
    line = models.ForeignKey(WorkCallLine, models.PROTECT, related_name="standings")
    preference = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=9, decimal_places=3)
    load = models.PositiveIntegerField()
    local = models.BooleanField()
    lot = models.CharField(max_length=64)
    rank = models.PositiveIntegerField()

    class Meta:
        ordering = ["line", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "line"], name="work_standing_once"),
            models.UniqueConstraint(fields=["line", "rank"], name="work_rank_once"),
        ]

    @property
    def shown_points(self) -> str:
        """The points as people read them, never rounded."""
        return greek.exact(self.points)
