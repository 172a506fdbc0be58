"""Own work (ασύγχρονη εργασία) of a session: the task, and what shows that it was done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.delivery.enums import WorkKind, WorkState
from didaskaleio.delivery.models.meetings import Attendance, TrainingSession
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.models import Person


class WorkTask(models.Model):
    """The task of a session's asynchronous hours (εργασία), set by its trainer."""

    session = models.OneToOneField(TrainingSession, models.CASCADE, related_name="task")
    title = models.CharField(max_length=200)
    text = models.TextField()
    due_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class OwnWork(models.Model):
    """Evidence of own work (τεκμήριο εργασίας): handed in by a trainee, or seen by the trainer.

    What was returned stays, with the trainer's guidance; another may then be handed in.
    """

    row = models.ForeignKey(Attendance, models.CASCADE, related_name="works")
    kind = models.CharField(max_length=8, choices=WorkKind)
    text = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.SUBMITTED)
    at = models.DateTimeField()
    guidance = models.TextField(blank=True)
    guided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    guided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["row"], condition=~Q(state="returned"), name="one_standing_work"
            )
        ]
