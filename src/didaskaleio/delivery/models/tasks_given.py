"""Tasks of coordination (εργασίες συντονισμού): given to a region, a directorate or a centre."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.delivery.enums import GivenTaskState
from didaskaleio.delivery.models.meetings import TrainingSession
from didaskaleio.delivery.models.visits import SiteVisit
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import Directorate, Region, TrainingCentre

ONE_RECEIVER = (
    Q(region__isnull=False, directorate=None, centre=None)
    | Q(region=None, directorate__isnull=False, centre=None)
    | Q(region=None, directorate=None, centre__isnull=False)
)


class GivenTask(models.Model):
    """Task of coordination (εργασία): what is asked about a programme, of whom, until when.

    ``about`` names the group of exceptions that it was given for, with their session or place.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    session = models.ForeignKey(TrainingSession, models.PROTECT, null=True, related_name="+")
    visit = models.ForeignKey(SiteVisit, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    directorate = models.ForeignKey(Directorate, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    application = models.ForeignKey(
        ParticipationApplication, models.PROTECT, null=True, related_name="+"
    )
    about = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=GivenTaskState, default=GivenTaskState.GIVEN)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["about", "session"], name="task_of_exception")]
        constraints = [models.CheckConstraint(condition=ONE_RECEIVER, name="task_one_receiver")]

    def __str__(self) -> str:
        return self.title

    @property
    def receiver(self) -> Region | Directorate | TrainingCentre:
        found = self.region or self.directorate or self.centre
        assert found is not None  # noqa: S101 - the database keeps exactly one
        return found
