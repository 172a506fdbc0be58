"""Acceptance (παραλαβή): committees, their members, and the minutes by which work is taken over."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from didaskaleio.finance.enums import MinutesState, Quorum
from didaskaleio.finance.models.work import WorkLine
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction


class Committee(models.Model):
    """Acceptance committee (επιτροπή παραλαβής) of an action, by a decision, between two days."""

    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    decision = models.CharField(max_length=80)
    quorum = models.CharField(max_length=10, choices=Quorum, default=Quorum.MAJORITY)
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("valid_from")), name="committee_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def holds(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until

    def needed(self, members: int) -> int:
        """How many signatures make the minutes valid."""
        return members if self.quorum == Quorum.ALL else members // 2 + 1


class CommitteeMember(models.Model):
    """Member of a committee (μέλος επιτροπής); one presides."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    presides = models.BooleanField(default=False)

    class Meta:
        ordering = ["-presides", "person__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "person"], name="member_once"),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(presides=True), name="one_presides"
            ),
        ]


class Minutes(models.Model):
    """Acceptance minutes (πρακτικό παραλαβής): lines of work, a verdict on each, signatures."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    number = models.CharField(max_length=40, blank=True)
    document = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="minutes_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"Πρακτικό παραλαβής {self.number or f'υπό σύνταξη {self.pk}'}"


class MinutesItem(models.Model):
    """One line in minutes (γραμμή πρακτικού): taken over, or refused for a reason."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="items")
    line = models.ForeignKey(WorkLine, models.PROTECT, related_name="items")
    refusal = models.TextField(blank=True)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(live=True), name="line_in_one_minutes"
            )
        ]


class MinutesSignature(models.Model):
    """Signature of a member (υπογραφή μέλους) under what the digest says."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "person"], name="minutes_signed_once")
        ]
