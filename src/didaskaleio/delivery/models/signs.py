"""Signs (ενδείξεις) of who was there, decisions on those that disagree, scanned sheets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.delivery.enums import Mark, Source
from didaskaleio.delivery.models.meetings import Attendance, TrainingSession
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.models import Person


class Sign(models.Model):
    """Sign of presence (ένδειξη παρουσίας): what one source says of one person in one session.

    ``seen_at`` is when it was seen, ``received_at`` when the platform heard of it. ``client`` is
    the device: with ``counter`` it names a mark made without a line, so that it arrives once.
    """

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="signs")
    row = models.ForeignKey(Attendance, models.CASCADE, related_name="signs")
    source = models.CharField(max_length=10, choices=Source)
    mark = models.CharField(max_length=8, choices=Mark)
    late = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(null=True)
    seen_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    client = models.CharField(max_length=40, blank=True)
    counter = models.PositiveIntegerField(null=True)
    overtaken = models.BooleanField(default=False)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "client", "counter"],
                condition=Q(source="list") & ~Q(client=""),
                name="device_mark_once",
            ),
            models.UniqueConstraint(
                fields=["row"], condition=Q(source="code"), name="one_check_in_a_person"
            ),
            models.UniqueConstraint(
                fields=["session", "client"],
                condition=Q(source="code"),
                name="one_check_in_a_device",
            ),
        ]


class Ruling(models.Model):
    """The trainer's decision on signs that disagree (απόφαση για ασυμφωνία), with its reason."""

    row = models.ForeignKey(Attendance, models.CASCADE, related_name="rulings")
    mark = models.CharField(max_length=8, choices=Mark)
    late = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class ScannedSheet(models.Model):
    """The sheet on paper (σαρωμένο παρουσιολόγιο) beside the electronic one.

    ``version`` is the version of the sheet in force when it was kept, 0 before the signature.
    """

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="scans")
    version = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
