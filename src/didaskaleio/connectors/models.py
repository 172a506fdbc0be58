"""Connectors (συνδέσεις): imports and pulls from MySchool, what each changes, what it is told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F

from didaskaleio.connectors.enums import (
    ChangeKind,
    CorrectionState,
    Fact,
    ImportState,
    PullState,
    PushAct,
    PushState,
)
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.models import StoredFile, Work
from didaskaleio.people.models import Person


class TeacherImport(models.Model):
    """An import of an export (εισαγωγή): the teachers as MySchool gave them on one day.

    ``columns`` is field → column of the file; ``heading`` the headings as they stand there.
    ``whole`` says that the file has every teacher: who is missing serves nowhere any more.
    """

    as_of = models.DateField()
    whole = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    heading = models.JSONField(default=list)
    heading_line = models.PositiveSmallIntegerField(default=1)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    work = models.ForeignKey(Work, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    lines = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    overtaken = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"MySchool, {self.as_of.day}-{self.as_of.month}-{self.as_of.year}"


class Change(models.Model):
    """What one line changes (μεταβολή): the teacher before and after, whole, as plain values.

    ``teacher`` is the id of an unchanged record, ``held_on`` the day of which our facts were,
    ``digest`` that of the person's lines. ``overtaken`` says why it was not applied, ``kept`` why
    it was not undone.
    """

    # hundreds of thousands of rows of one import: the database need not look it up for each,
    # and the index below begins with it
    batch = models.ForeignKey(
        TeacherImport,
        models.CASCADE,
        related_name="changes",
        db_constraint=False,
        db_index=False,
    )
    line = models.PositiveIntegerField()
    afm = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=ChangeKind)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    held_on = models.DateField(null=True)
    teacher = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=32, default="", db_default="")
    reason = models.CharField(max_length=400, default="", db_default="")
    overtaken = models.CharField(max_length=200, default="", db_default="")
    kept = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["batch", "kind", "line"], name="change_of_batch")]

    @staticmethod
    def differing(rows: models.QuerySet[Change], fact: str) -> models.QuerySet[Change]:
        """Those in which one fact of the teacher differs; new people are not compared."""
        there = rows.filter(before__isnull=False, after__isnull=False)
        return there.exclude(**{f"before__{fact}": F(f"after__{fact}")})


class KnownHeadings(models.Model):
    """Headings that were mapped once (γνωστές επικεφαλίδες): offered when they come again.

    ``fingerprint`` is the same in any order; ``fields`` is field → heading.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    fields = models.JSONField()
    at = models.DateTimeField()


class Pull(models.Model):
    """A pull from the service of MySchool (λήψη): what changed, made into an import.

    ``after`` is the pull from whose ``cursor`` it went on; a whole one asks for everybody. The
    cursor holds as long as the import stands applied, so that an undone one is pulled again.
    """

    whole = models.BooleanField()
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    batch = models.OneToOneField(TeacherImport, models.PROTECT, null=True, related_name="pull")
    cursor = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=PullState, default=PullState.RUNNING)
    teachers = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True)
    again_at = models.DateTimeField(null=True)
    work = models.ForeignKey(Work, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state=PullState.RUNNING),
                name="one_pull_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return "Πλήρης λήψη" if self.whole else "Λήψη αλλαγών"


class Timetable(models.Model):
    """When pulls happen by themselves (πρόγραμμα λήψης): each day at an hour, or never.

    One row. ``since`` is when it was set: an hour that had passed then is not caught up with.
    """

    hour = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_timetable"),
            models.CheckConstraint(condition=models.Q(hour__lt=24), name="hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return "Πρόγραμμα λήψης από το MySchool"


class Push(models.Model):
    """What MySchool is told (αποστολή): that a credential was issued, revoked or replaced.

    Owed in the transaction that does so and sent once: ``key`` is the same at every attempt.
    """

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=PushAct)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=PushState, default=PushState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential", "act"], name="told_once")]
        indexes = [models.Index(fields=["state", "id"], name="push_waiting")]

    def __str__(self) -> str:
        return f"{self.credential.number}: {self.get_act_display()}"


class Correction(models.Model):
    """A request to correct a fact of MySchool (αίτημα διόρθωσης): nobody overwrites it here."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    fact = models.CharField(max_length=12, choices=Fact)
    wanted = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.OPEN)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "fact"],
                condition=models.Q(state=CorrectionState.OPEN),
                name="correction_open_once",
            )
        ]
        indexes = [models.Index(fields=["state", "at"], name="correction_waiting")]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.wanted}"
