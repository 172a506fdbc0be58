"""Courses (θεματικά αντικείμενα): the nine components of 000 §2, versions, material."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.courses.enums import (
    Component,
    CourseState,
    MaterialKind,
    MaterialState,
    SessionMode,
    Severity,
    Source,
)
from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.models import Person
from didaskaleio.structures.models import Cluster, ImplementingBody


class Course(models.Model):
    """Course (θεματικό αντικείμενο): what is taught, whatever the version (000 §2)."""

    code = models.SlugField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    level = models.CharField(max_length=4)
    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=CourseState, default=CourseState.DESIGN)
    draft = models.ForeignKey("CourseVersion", models.PROTECT, null=True, related_name="+")
    current = models.ForeignKey("CourseVersion", models.PROTECT, null=True, related_name="+")
    sort_key = greek_key_field("title")

    def __str__(self) -> str:
        return self.title


class CourseVersion(models.Model):
    """A version of a course (έκδοση) with the nine components; frozen when approved.

    ``trainee_profile`` and ``trainer_profile`` are rules as data (see ``profiles``).
    Hours are teaching hours: face-to-face, synchronous, asynchronous, support.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    purpose = models.TextField(blank=True)
    content = models.TextField(blank=True)
    trainee_profile = models.JSONField(default=list)
    trainer_profile = models.JSONField(default=list)
    providers = models.TextField(blank=True)
    hours_total = models.PositiveSmallIntegerField(default=0)
    hours_face_to_face = models.PositiveSmallIntegerField(default=0)
    hours_synchronous = models.PositiveSmallIntegerField(default=0)
    hours_asynchronous = models.PositiveSmallIntegerField(default=0)
    hours_support = models.PositiveSmallIntegerField(default=0)
    certification_method = models.TextField(blank=True)
    change_log = models.TextField(blank=True)
    frozen_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once")
        ]

    def __str__(self) -> str:
        return f"έκδοση {self.number}"


class Objective(models.Model):
    """Learning objective (διδακτικός στόχος) of a version."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="objectives")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["order"]


class SyllabusUnit(models.Model):
    """Unit of the syllabus (ενότητα του προγράμματος σπουδών) with its teaching hours."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="units")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    hours = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=16, choices=SessionMode, default=SessionMode.MIXED)

    class Meta:
        ordering = ["order"]


class Material(models.Model):
    """Material of a version (υλικό), possibly for one cluster; a file with a state."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=16, choices=MaterialKind)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MaterialState, default=MaterialState.PLANNED)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(file__isnull=False), name="ready_material_has_file"
            )
        ]


class Remark(models.Model):
    """Remark of a review (παρατήρηση) on one component of a version; answered, then resolved."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="remarks")
    component = models.CharField(max_length=16, choices=Component)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="remark_answer_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="remark_resolved_by_somebody",
            ),
        ]


class Assignment(models.Model):
    """Assigned work (ανάθεση): one person writes one component of a version by a day (R-009)."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="assignments")
    component = models.CharField(max_length=16, choices=Component)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    task = models.TextField()
    due_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "component", "person"], name="component_assigned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_component_display()}: {self.person}"


class Finding(models.Model):
    """Finding of an evaluation (εύρημα) on an approved version; a revision answers it (000 §3).

    It is open, taken up by ``revision``, answered once that is approved, or ``dismissed``.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="findings")
    component = models.CharField(max_length=16, choices=Component)
    severity = models.CharField(max_length=8, choices=Severity)
    source = models.CharField(max_length=16, choices=Source)
    evidence = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.ForeignKey(CourseVersion, models.PROTECT, null=True, related_name="answers")
    answer = models.TextField(blank=True)
    dismissed = models.TextField(blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dismissed="") | Q(revision=None, settled_by__isnull=False),
                name="finding_is_dismissed_or_taken_up",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(revision__isnull=False), name="finding_answered_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_component_display()} ({self.get_severity_display().lower()})"
