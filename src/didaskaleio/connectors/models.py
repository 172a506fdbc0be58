"""Connectors (συνδέσεις): imports from MySchool, what each line changes, known headings."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from didaskaleio.connectors.enums import ChangeKind, CorrectionState, Fact, ImportState
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

    # hundreds of thousands of rows of one import: the database need not look it up for each
    batch = models.ForeignKey(
        TeacherImport, models.CASCADE, related_name="changes", db_constraint=False
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
