"""Models of room observatory: saved reports, their versions, who receives them, requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.kernel.models import StoredFile
from didaskaleio.observatory.enums import ReportState, RequestKind, RequestState, Rhythm
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.structures.models import Cluster, ImplementingBody, Prefecture, Region


class AdHocReport(models.Model):
    """Ad hoc report (αναφορά κατά περίπτωση; 000 §4 I): kept by whoever built it.

    ``number`` is that of the version in force. Shared with ``shared_role`` of ``shared_body``
    (of the country where that is empty); every reader sees the rows of one's own rights.
    """

    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    subject = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OWN)
    shared_role = models.CharField(max_length=24, choices=Role, blank=True)
    shared_body = models.ForeignKey(ImplementingBody, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-at"], name="adhoc_owner"),
            models.Index(fields=["shared_role", "shared_body"], name="adhoc_shared"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="shared") | ~Q(shared_role=""), name="adhoc_shared_with_whom"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audience(self) -> str:
        """With whom it is shared, in words."""
        role = str(Role(self.shared_role).label) if self.shared_role else ""
        return f"{role}, {self.shared_body}" if self.shared_body else role


class ReportVersion(models.Model):
    """A version (έκδοση αναφοράς), for good: ``definition`` as plain values."""

    report = models.ForeignKey(AdHocReport, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once")
        ]


class Subscription(models.Model):
    """Subscription (τακτική αποστολή): a person receives a report every week or month."""

    report = models.ForeignKey(AdHocReport, models.CASCADE, related_name="subscriptions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    next_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="subscription_once")
        ]


class Dispatch(models.Model):
    """What was sent (αποστολή): the sheet made with the rights of its reader, once a time."""

    report = models.ForeignKey(AdHocReport, models.CASCADE, related_name="dispatches")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    number = models.PositiveIntegerField()
    lines = models.PositiveIntegerField(default=0)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person", "due_at"], name="dispatch_once")
        ]


class SpecialRequest(models.Model):
    """Request to the operating service (αίτημα; 000 §4 I): a special report or a setting.

    ``operator`` is who took it on. Delivered as ``file``, as ``report`` of the person who asked,
    or, a setting, in the words of ``reply``.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RequestKind)
    title = models.CharField(max_length=200)
    text = models.TextField()
    needed_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.SUBMITTED)
    operator = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reply = models.TextField(blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(AdHocReport, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="request_person"),
            models.Index(fields=["state", "at"], name="request_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Forecast(models.Model):
    """Forecast (πρόβλεψη αναγκών) of an action: kept with what it assumed, in versions.

    Its lines are of the moment ``at``: what was planned beside what had happened. ``engaged`` are
    the trainers of the action then, each once; ``markers`` those with a contract to mark;
    ``targeted`` the people that its targets asked for, None in what was made before they counted.
    """

    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    assumptions = models.JSONField()
    engaged = models.PositiveIntegerField()
    markers = models.PositiveIntegerField(default=0)
    targeted = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version"], name="forecast_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="forecast_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}, έκδοση {self.version}"


class StaffNeed(models.Model):
    """Need of trainers (ανάγκη σε επιμορφωτές) of a prefecture and a cluster.

    ``available`` serve there and are of the cluster, ``engaged`` teach in the action already.
    """

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="staff")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    teachers = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    groups = models.PositiveIntegerField()
    trainers = models.PositiveIntegerField()
    available = models.PositiveIntegerField()
    engaged = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "prefecture", "cluster"], name="staff_need_once"
            )
        ]


class WeekNeed(models.Model):
    """Need of a week (ανάγκη της εβδομάδας) in a region; without region in the whole country.

    Planned and, with ``held_``, what the meetings of that week were; but for the meetings all
    figures are those of the busiest hour.
    """

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="weeks")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    monday = models.DateField()
    meetings = models.PositiveIntegerField(default=0)
    rooms = models.PositiveIntegerField(default=0)
    virtual = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    support = models.PositiveIntegerField(default=0)
    held_meetings = models.PositiveIntegerField(default=0)
    held_rooms = models.PositiveIntegerField(default=0)
    held_virtual = models.PositiveIntegerField(default=0)
    held_persons = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "region", "monday"],
                nulls_distinct=False,
                name="week_need_once",
            )
        ]


class MarkerNeed(models.Model):
    """Need of markers (ανάγκη σε βαθμολογητές) for the examinations of a cluster."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="marking")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    scripts = models.PositiveIntegerField()
    markers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["forecast", "cluster"], name="marker_need_once")
        ]
