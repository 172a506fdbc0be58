"""Register of training centres (μητρώο Κ.Σ.Ε.): acts of approval, visits, proposed rooms."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.people.models import Person
from didaskaleio.registers.enums import CentreActKind, ProposalState, RoomAct, VisitOutcome
from didaskaleio.structures.models import Room, TrainingCentre


class CentreAct(models.Model):
    """Act of approval (πράξη έγκρισης Κ.Σ.Ε.; 001 §4), for good: its number, day and dates.

    ``valid_until`` is the last day of the approval, None when it has no end.
    """

    centre = models.ForeignKey(TrainingCentre, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=CentreActKind)
    number = models.CharField(max_length=60)
    day = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="centre_act_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="centre_act_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class CentreVisit(models.Model):
    """Visit to a centre (επίσκεψη σε Κ.Σ.Ε.): who went, when, what they found."""

    centre = models.ForeignKey(TrainingCentre, models.PROTECT, related_name="visits")
    day = models.DateField()
    visitors = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=VisitOutcome)
    findings = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.centre}, {self.get_outcome_display()}"


class RoomProposal(models.Model):
    """Proposed room (μεταβολή αίθουσας): what a centre says of a room, once the body agrees.

    ``room`` is none for a new one; of a room, or of a new name, one proposal is open at a time.
    """

    centre = models.ForeignKey(TrainingCentre, models.PROTECT, related_name="room_proposals")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=10, choices=RoomAct)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Room.Kind)
    seats = models.PositiveSmallIntegerField()
    equipment = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(state="open"), name="room_proposal_one_open"
            ),
            models.UniqueConstraint(
                fields=["centre", "name"],
                condition=Q(state="open", act="add"),
                name="room_proposal_new_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.name}, {self.centre}"
