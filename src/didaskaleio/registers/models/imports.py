"""Imports of members from sheets (εισαγωγή μελών): a batch, its lines, what each became."""

from __future__ import annotations

from django.db import models

from didaskaleio.people.models import Person
from didaskaleio.registers.enums import BatchState, LineKind
from didaskaleio.registers.models.membership import Membership, Register


class MemberImport(models.Model):
    """A sheet of members (παρτίδα εισαγωγής): ``columns`` is fact → column of the sheet.

    ``fingerprint`` is the same for the same headings in any order: what was mapped once is offered
    again. ``line`` is where the headings stand in the file.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="imports")
    name = models.CharField(max_length=200)
    heading = models.JSONField(default=list)
    heading_line = models.PositiveSmallIntegerField(default=1)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class MemberLine(models.Model):
    """One line of the sheet (γραμμή): its cells, what it says, the membership that it made.

    ``reason`` says why it is refused, ``kept`` why its membership was not taken back.
    """

    batch = models.ForeignKey(MemberImport, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    kind = models.CharField(max_length=10, choices=LineKind, default=LineKind.UNREAD)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    values = models.JSONField(default=dict)
    reason = models.CharField(max_length=400, blank=True)
    membership = models.OneToOneField(Membership, models.SET_NULL, null=True, related_name="+")
    kept = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="member_line_once")]
