"""Application in class (εφαρμογή στην τάξη): a lesson plan, evidence, the trainer's feedback."""

from __future__ import annotations

from django.db import models

from didaskaleio.delivery.enums import ClassApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.models import StoredFile


class ClassApplication(models.Model):
    """Application in class (εφαρμογή στην τάξη) of one trainee; feedback stands in its journal."""

    application = models.OneToOneField(
        ParticipationApplication, models.PROTECT, related_name="class_application"
    )
    state = models.CharField(
        max_length=10, choices=ClassApplicationState, default=ClassApplicationState.DRAFT
    )
    title = models.CharField(max_length=200)
    grade = models.CharField(max_length=120)
    aims = models.TextField()
    course = models.TextField()
    tools = models.TextField()
    planned_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    reflection = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class ClassEvidence(models.Model):
    """Evidence (τεκμήριο) of what took place in class; never with a pupil's face or name."""

    work = models.ForeignKey(ClassApplication, models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
