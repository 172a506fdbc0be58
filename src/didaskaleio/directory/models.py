"""Directory (κατάλογος δομών): structures, their offices, and who holds each from when until when.

It stands above the registers, for a term is held by a person and may come from a call; nothing
below asks who is in charge.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.timezone import localdate

from didaskaleio.directory.enums import (
    EndedBy,
    EngagementKind,
    EngagementState,
    OfficeKind,
    TermState,
)
from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.enums import Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.registers.models import Call
from didaskaleio.structures.models import (
    Directorate,
    ImplementingBody,
    Prefecture,
    StructureType,
    TrainingCentre,
)

MOMENT = timedelta(microseconds=1)


class Structure(models.Model):
    """Structure (δομή) of education that people turn to: ΚΕ.ΣΥ.Π., Ε.Κ.Φ.Ε., Κ.ΥΠ.Ε.Κ. …

    ``phone`` and ``email`` are those of the office, public. ``closed_on`` is the first day on
    which it no longer works.
    """

    type = models.ForeignKey(StructureType, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")
    directorate = models.ForeignKey(Directorate, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(ImplementingBody, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    address = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    site = models.URLField(blank=True)
    about = models.TextField(blank=True)
    closed_on = models.DateField(null=True)
    sort_key = greek_key_field("name")

    class Meta:
        indexes = [models.Index(fields=["prefecture", "sort_key"], name="structure_prefecture")]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "prefecture", "sort_key"],
                condition=Q(closed_on=None),
                name="structure_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """Office (θέση) of a structure, held for a term by one person at a time.

    ``remind_days`` before the end of a term its holder and the officers are told.
    """

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=8, choices=OfficeKind)
    title = models.CharField(max_length=120, blank=True)
    remind_days = models.PositiveSmallIntegerField(default=90)
    abolished_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "kind"],
                condition=Q(abolished_on=None) & ~Q(kind="staff"),
                name="office_of_head_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.words}, {self.structure}"

    @property
    def words(self) -> str:
        """What the holder is called: the title of the office, else its kind."""
        return self.title or str(OfficeKind(self.kind).label)


# from the beginning up to, and without, the end
SPAN = Func("begins_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField())


class Term(models.Model):
    """Term of office (θητεία; 002 «Στελέχωση») by a decision, or by a call that filled posts.

    ``ends_at`` is its first moment without it: of a term that ended earlier, that moment. The
    database refuses two terms of one office at the same time.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=TermState, default=TermState.NAMED)
    decision = models.CharField(max_length=120)
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    begins_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_by = models.CharField(max_length=12, choices=EndedBy, blank=True)

    class Meta:
        ordering = ["-begins_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "begins_at"], name="term_begin"),
            models.Index(fields=["state", "remind_at"], name="term_remind"),
            models.Index(fields=["state", "ends_at"], name="term_lapse"),
            models.Index(fields=["person"], name="term_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="term_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="office_has_one_holder",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="cancelled"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"

    @property
    def first_day(self) -> date:
        return localdate(self.begins_at)

    @property
    def last_day(self) -> date:
        """The last day of it, as people say it."""
        return localdate(self.ends_at - MOMENT)


STRUCTURE = "structure"  # no scope of rights: a host all the same


class Engagement(models.Model):
    """Time-limited post (θέση ορισμένου χρόνου; 002 «Υποστήριξη») outside the teacher record.

    Of one host, with an obligatory end; ``post`` is the right that ends with it, if any.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=EngagementKind)
    state = models.CharField(max_length=8, choices=EngagementState, default=EngagementState.ACTIVE)
    structure = models.ForeignKey(Structure, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(ImplementingBody, models.PROTECT, null=True, related_name="+")
    duties = models.CharField(max_length=200)
    agreement = models.CharField(max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="+")
    remind_days = models.PositiveSmallIntegerField(default=30)
    begins_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "remind_at"], name="engagement_remind"),
            models.Index(fields=["state", "ends_at"], name="engagement_lapse"),
            models.Index(fields=["person"], name="engagement_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="engagement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(structure__isnull=False, centre=None, body=None)
                | Q(structure=None, centre__isnull=False, body=None)
                | Q(structure=None, centre=None, body__isnull=False),
                name="engagement_has_one_host",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.place[1]}"

    @property
    def hosts(self) -> tuple[models.Model | None, ...]:
        return (self.structure, self.centre, self.body)

    @property
    def place(self) -> tuple[str, models.Model]:
        """Kind and row of the host."""
        kinds = (STRUCTURE, Scope.CENTRE, Scope.BODY)
        return next((k, row) for k, row in zip(kinds, self.hosts, strict=True) if row)

    @property
    def first_day(self) -> date:
        return localdate(self.begins_at)

    @property
    def last_day(self) -> date:
        """The last day of it, as people say it."""
        return localdate(self.ends_at - MOMENT)
