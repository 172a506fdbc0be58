"""Small actions (μικρές δράσεις): one event of a centre or a structure, and the seats in it.

They need no period, category, timetable of twenty slots or draw: this is what tells them from
programmes. What they reuse is course material, and the mechanisms of presence and of credentials.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.courses.models import Course, Material, SyllabusUnit
from didaskaleio.credentials.models import Credential
from didaskaleio.directory.models import Structure
from didaskaleio.people.models import Person
from didaskaleio.small_actions import rules
from didaskaleio.small_actions.enums import (
    STANDING,
    SeatState,
    SmallActionKind,
    SmallActionState,
)
from didaskaleio.structures.models import (
    Cluster,
    ImplementingBody,
    Prefecture,
    School,
    TrainingCentre,
)


class SmallAction(models.Model):
    """Small action (μικρή δράση): ημερίδα, εργαστήριο or δειγματική διδασκαλία.

    ``prefecture`` is where its host stands; ``body`` approves it and seals its attestations: that
    of the host, else that of the course whose unit or material it reuses. ``clusters``,
    ``for_prefecture`` and ``schools`` narrow whom it is for; all empty means every teacher.
    """

    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=10, choices=SmallActionKind)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    speakers = models.CharField(max_length=200, blank=True)
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")
    body = models.ForeignKey(ImplementingBody, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=200, blank=True)
    meeting_url = models.URLField(blank=True)
    places = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    counts = models.BooleanField(default=False)
    attested = models.BooleanField(default=False)
    unit = models.ForeignKey(SyllabusUnit, models.PROTECT, null=True, related_name="+")
    material = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+")
    clusters = models.ManyToManyField(Cluster, related_name="+")
    for_prefecture = models.ForeignKey(Prefecture, models.PROTECT, null=True, related_name="+")
    schools = models.ManyToManyField(School, related_name="+")
    state = models.CharField(
        max_length=10, choices=SmallActionState, default=SmallActionState.DRAFT
    )
    revision = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "starts_at"], name="small_action_when")]
        constraints = [
            models.CheckConstraint(
                condition=Q(structure__isnull=False, centre=None)
                | Q(structure=None, centre__isnull=False),
                name="small_action_has_one_host",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="small_action_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(attested=False) | Q(counts=True, body__isnull=False),
                name="attested_small_action_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> Structure | TrainingCentre:
        """The structure or the centre that organises it."""
        found = self.structure or self.centre
        assert found is not None  # noqa: S101 - the database keeps exactly one
        return found

    @property
    def reused(self) -> Course | None:
        """The course whose unit or material it reuses."""
        found = self.unit or self.material
        return found.version.course if found else None

    @property
    def needs_approval(self) -> bool:
        return rules.needs_approval(self.kind, attested=self.attested)

    @property
    def where(self) -> str:
        """The place as people read it; what is only online says so."""
        return self.venue or "Τηλεδιάσκεψη"


class Seat(models.Model):
    """A seat (θέση ή εγγραφή) of one person in a small action, by order of arrival.

    ``number`` is that order; ``device`` is where presence was declared from: each serves one.
    """

    action = models.ForeignKey(SmallAction, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=SeatState)
    at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=40, blank=True)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["person", "state"], name="seat_person")]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="seat_number_once"),
            models.UniqueConstraint(
                fields=["action", "person"],
                condition=Q(state__in=STANDING),
                name="one_standing_seat",
            ),
            models.UniqueConstraint(
                fields=["action", "device"], condition=~Q(device=""), name="seat_device_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.action}"
