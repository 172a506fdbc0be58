"""Actions, regulations, periods, programmes and their timetables (προγράμματα)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from didaskaleio.courses.models import CourseVersion
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import (
    ActionState,
    ActKind,
    Addressees,
    PeriodState,
    ProgrammeState,
    ProposalAnswer,
    QuotaKind,
    SlotKind,
    StaffRole,
)
from didaskaleio.structures.models import (
    Cluster,
    ClusterScheme,
    FundedProject,
    ImplementingBody,
    Room,
    TrainingCentre,
)


class TrainingAction(models.Model):
    """Training action (επιμορφωτική δράση): a course offered to many, by one body (000 §3).

    ``compulsory``: whoever fulfils the trainees' profile of the course owes it (υπόχρεοι, 002).
    """

    code = models.SlugField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    project = models.ForeignKey(FundedProject, models.PROTECT, null=True, related_name="+")
    scheme = models.ForeignKey(ClusterScheme, models.PROTECT, related_name="+")
    target = models.PositiveIntegerField()
    geography = models.CharField(max_length=200, default="Όλη η χώρα")
    compulsory = models.BooleanField(default=False)
    addressed_to = models.CharField(
        max_length=12, choices=Addressees, default=Addressees.EVERYWHERE
    )
    state = models.CharField(max_length=20, choices=ActionState, default=ActionState.DRAFT)

    def __str__(self) -> str:
        return self.title


class ParameterSet(models.Model):
    """The parameters of an action from a moment on (παράμετροι με ιστορικό); never overwritten.

    ``values`` holds only what differs from the proposed defaults of ``parameters.DEFAULTS``.
    """

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="parameter_sets")
    version = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    valid_from = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version"], name="parameters_once")
        ]


class Regulation(models.Model):
    """Regulation of an action (Κανονιστικό Πλαίσιο): a version, with its articles as data."""

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="regulations")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    articles = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version"], name="regulation_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, έκδοση {self.version}"


class RegulationAcceptance(models.Model):
    """Acceptance of a regulation (αποδοχή) by an applicant, a trainer or for a centre."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=16)
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "person", "capacity", "centre"],
                nulls_distinct=False,
                name="acceptance_once",
            )
        ]


class ProgrammeCategory(models.Model):
    """Programme category (κατηγορία ΙΙa, ΙΙb) with its composition rules, as data (001 §2)."""

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="categories")
    code = models.CharField(max_length=12)
    label = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    face_to_face = models.PositiveSmallIntegerField()
    synchronous = models.PositiveSmallIntegerField()
    support = models.PositiveSmallIntegerField()
    session_hours = models.PositiveSmallIntegerField(default=2)
    async_hours_per_session = models.PositiveSmallIntegerField(default=1)
    support_hours = models.PositiveSmallIntegerField(default=3)
    locality = models.BooleanField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["action", "code"], name="category_once")]

    def __str__(self) -> str:
        return self.label


class TrainingPeriod(models.Model):
    """Training period (περίοδος επιμόρφωσης) with its phases and their moments (001 §3–4)."""

    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="periods")
    code = models.SlugField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=PeriodState, default=PeriodState.DRAFT)
    announced_at = models.DateTimeField(null=True)
    proposals_open = models.DateTimeField()
    proposals_close = models.DateTimeField()
    phase_a_opens = models.DateTimeField()
    phase_a_closes = models.DateTimeField()
    phase_b_opens = models.DateTimeField()
    phase_b_closes = models.DateTimeField()
    enrolment_opens = models.DateTimeField()
    enrolment_closes = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phase_a_opens__lt=F("phase_a_closes"))
                & Q(phase_b_opens__lt=F("phase_b_closes"))
                & Q(phase_a_closes__lt=F("phase_b_opens"))
                & Q(enrolment_opens__lt=F("enrolment_closes")),
                name="period_phases_follow",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PeriodAct(models.Model):
    """An announced act on a period (ανακοινωμένη πράξη): extension, reopening, decision."""

    period = models.ForeignKey(TrainingPeriod, models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=16, choices=ActKind)
    number = models.CharField(max_length=20)
    text = models.TextField()
    reason = models.TextField()
    changes = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]


class Quota(models.Model):
    """How many programmes a cluster, a prefecture or a centre may have in a period (όριο)."""

    period = models.ForeignKey(TrainingPeriod, models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=12, choices=QuotaKind)
    key = models.CharField(max_length=12)
    limit = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "kind", "key"], name="quota_once")]


class Programme(models.Model):
    """Programme (επιμορφωτικό πρόγραμμα): one class of 10–15 at one centre (001 §2).

    ``locality_rules`` narrow who may apply, as data that a machine checks and a person reads.
    """

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="programmes")
    code = models.CharField(max_length=12)
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, related_name="+")
    category = models.ForeignKey(ProgrammeCategory, models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    trainer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    capacity = models.PositiveSmallIntegerField(default=15)
    minimum = models.PositiveSmallIntegerField(default=10)
    locality_rules = models.JSONField(default=list)
    note = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    agreed_revision = models.PositiveIntegerField(null=True)
    protocol = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    state_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["period", "state", "cluster"], name="programme_catalogue"),
            models.Index(fields=["centre"], name="programme_centre"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "code"], name="programme_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.cluster.title}, {self.centre.name}"

    @property
    def agreed(self) -> bool:
        """Whether the trainer has agreed to exactly this revision."""
        return self.agreed_revision == self.revision


class ProgrammeStaff(models.Model):
    """Staff of the centre in a programme (προσωπικό του Κ.Σ.Ε.)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="staff")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=StaffRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "role"], name="staff_once")
        ]


class Slot(models.Model):
    """A slot of the timetable (τρίωρο): local date and time, and the same as a range.

    ``trainer`` and ``room`` repeat the programme's while ``live`` holds, so that the database
    itself excludes two live slots of one trainer or one room at once.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="slots")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=SlotKind)
    date = models.DateField()
    start = models.TimeField()
    end = models.TimeField()
    span = DateTimeRangeField()
    live = models.BooleanField(default=False)
    trainer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["date", "start"]
        indexes = [models.Index(fields=["trainer", "date"], name="slot_trainer_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "sequence"],
                name="slot_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="slot_ends_after_start"),
            ExclusionConstraint(
                name="trainer_is_in_one_place",
                expressions=[("trainer", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(live=True, trainer__isnull=False),
            ),
            ExclusionConstraint(
                name="room_holds_one_class",
                expressions=[("room", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(live=True, room__isnull=False),
            ),
        ]


class TimetableProposal(models.Model):
    """The trainer's proposal of changes to a draft (πρόταση αλλαγών), with the centre's answer.

    ``changes`` are slots old → new (``timetable.Change`` as data); ``taken`` the numbers of those
    that the centre took.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="proposals")
    trainer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changes = models.JSONField(default=list)
    message = models.TextField(blank=True)
    at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=ProposalAnswer, blank=True)
    taken = models.JSONField(default=list)
    reply = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
