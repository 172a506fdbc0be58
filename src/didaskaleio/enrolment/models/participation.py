"""Enrolment (αιτήσεις, κλήρωση, εγγραφές): SPEC of the draw, phase B, waiting lists, offers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from didaskaleio.enrolment.enums import (
    ApplicationState,
    ChangeKind,
    DrawState,
    EntryState,
    LogOutcome,
)
from didaskaleio.kernel.models import StoredDocument, Work
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.structures.models import Cluster, RegionalUnit


class ParticipationApplication(models.Model):
    """Application to take part (αίτηση συμμετοχής) of one person in one period.

    The last submitted version stands until a new one is submitted; ``draft`` is the copy being
    edited (JSON, autosaved). ``programme`` is the place held, counted under the programme's lock.
    """

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=8, blank=True)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    draft = models.JSONField(default=dict)
    draft_saved_at = models.DateTimeField(null=True)
    submission = models.ForeignKey("Submission", models.PROTECT, null=True, related_name="+")
    in_draw = models.BooleanField(default=False)
    excluded_reason = models.TextField(blank=True)
    rank = models.PositiveIntegerField(null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="places")
    place_sequence = models.BigIntegerField(null=True)
    confirm_by = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "state"], name="application_places"),
            models.Index(fields=["period", "state"], name="application_period"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="one_application_a_period"),
            models.UniqueConstraint(
                fields=["period", "number"], condition=~Q(number=""), name="number_once_a_period"
            ),
            models.UniqueConstraint(
                fields=["period", "rank"], condition=Q(rank__isnull=False), name="rank_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["placed", "enrolled", "attended"])
                | Q(programme__isnull=False),
                name="a_place_has_a_programme",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"πρόχειρη {self.pk}"


class Submission(models.Model):
    """One submitted version (υποβολή) with its receipt; never changed."""

    application = models.ForeignKey(
        ParticipationApplication, models.PROTECT, related_name="submissions"
    )
    version = models.PositiveSmallIntegerField()
    preferences = ArrayField(models.CharField(max_length=12))
    facts = models.JSONField(default=dict)
    receipt_number = models.CharField(max_length=24)
    head = models.CharField(max_length=64)
    head_count = models.PositiveIntegerField()
    at = models.DateTimeField()
    receipt = models.ForeignKey(StoredDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="submission_once")
        ]


class IssuedNumber(models.Model):
    """A lottery number (τυχαίος αριθμός) in order of issue, with the running head (SPEC §1.2)."""

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=8)
    head = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["period", "position"], name="issued_position_once"),
            models.UniqueConstraint(fields=["period", "number"], name="issued_number_once"),
        ]


class PublishedHead(models.Model):
    """The running head and count as published each full hour (SPEC §1.2)."""

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="+")
    head = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["period", "at"], name="head_once_an_hour")]


class Draw(models.Model):
    """The draw (κλήρωση) of a period: commitment, freeze, beacon, bundle and result."""

    period = models.OneToOneField(TrainingPeriod, models.PROTECT, related_name="draw")
    state = models.CharField(max_length=16, choices=DrawState, default=DrawState.COMMITTED)
    commitment = models.CharField(max_length=64)
    secret_sealed = models.BinaryField(null=True)
    secret_escrow = models.BinaryField(null=True)
    beacon_source = models.TextField()
    beacon_at = models.DateTimeField()
    beacon_pattern = models.CharField(max_length=200)
    beacon_example = models.CharField(max_length=200)
    beacon_rule_version = models.PositiveSmallIntegerField(default=1)
    committed_at = models.DateTimeField()
    frozen = models.BinaryField(null=True)
    freeze_hash = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    final_head = models.CharField(max_length=64, blank=True)
    final_count = models.PositiveIntegerField(null=True)
    beacon = models.CharField(max_length=200, blank=True)
    first_officer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second_officer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    bundle = models.BinaryField(null=True)
    result = models.BinaryField(null=True)
    published_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    work = models.ForeignKey(Work, models.PROTECT, null=True, related_name="+")


class WaitingList(models.Model):
    """The runners-up of a programme (επιλαχόντες) in draw order, as one array of numbers."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="waiting_list")
    numbers = ArrayField(models.CharField(max_length=8), default=list)
    next_index = models.PositiveIntegerField(default=0)
    last_placed_rank = models.PositiveIntegerField(null=True)
    places = models.PositiveSmallIntegerField(default=0)
    open_in_phase_b = models.BooleanField(default=False)


class WaitingEntry(models.Model):
    """A row of a list once it matters (θέση σε λίστα): joined in phase B, or offered a place."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="entries")
    application = models.ForeignKey(
        ParticipationApplication, models.PROTECT, related_name="entries"
    )
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.WAITING)
    from_draw = models.BooleanField(default=True)
    joined_sequence = models.BigIntegerField(null=True)
    joined_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(state="offered"), name="entry_expiring"
            ),
            models.Index(fields=["programme", "state"], name="entry_programme"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "application"],
                condition=Q(state__in=["waiting", "offered"]),
                name="one_open_entry",
            )
        ]


class HeldBack(models.Model):
    """A freed place (κενωθείσα θέση) that nobody may take yet (SPEC-draw §8, Freed places).

    In a filling programme it opens again at ``opens_at``, a full hour; without a moment it
    belongs to the waiting list of a viable programme. ``used_at``: it went to somebody's offer.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="held_back")
    freed_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["programme"], condition=Q(used_at=None), name="held_back_programme"
            )
        ]


class PhaseBLog(models.Model):
    """A decided request of phase B (αίτημα Β΄ φάσης), in the order of its sequence number."""

    sequence = models.BigIntegerField(unique=True)
    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    application = models.ForeignKey(
        ParticipationApplication, models.PROTECT, null=True, related_name="+"
    )
    number = models.CharField(max_length=8)
    outcome = models.CharField(max_length=10, choices=LogOutcome)
    freed_programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["period", "sequence"], name="phase_b_log_period")]


class PublicChange(models.Model):
    """A change after the draw (μεταβολή), published by number with its reason code."""

    period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=ChangeKind)
    number = models.CharField(max_length=8, blank=True)
    from_programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    to_programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class MergeConsent(models.Model):
    """A person's answer to a proposed merge of filling programmes (συναίνεση σε συγχώνευση)."""

    application = models.ForeignKey(ParticipationApplication, models.CASCADE, related_name="+")
    source = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    target = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "source", "target"], name="merge_asked_once"
            )
        ]


class ParticipationFigure(models.Model):
    """Participation in numbers (συμμετοχή): teachers of one unit and cluster, counted at once.

    No unit: schools abroad, or no school in the period; no cluster: specialties without one.
    A person stands in one row: the cluster chosen in the application, else the default.
    ``first_choice`` and ``second_choice`` are of those placed whose place was listed there.
    """

    period = models.ForeignKey(TrainingPeriod, models.CASCADE, related_name="+")
    regional_unit = models.ForeignKey(RegionalUnit, models.PROTECT, null=True, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    teachers = models.PositiveIntegerField()
    eligible = models.PositiveIntegerField()
    applied = models.PositiveIntegerField()
    placed = models.PositiveIntegerField()
    first_choice = models.PositiveIntegerField(default=0)
    second_choice = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "regional_unit", "cluster"],
                nulls_distinct=False,
                name="participation_once",
            )
        ]


class ListedDemand(models.Model):
    """Demand of a programme (ζήτηση) in parts that add up: each submission adds its own rows.

    Nobody waits for anybody: a hot programme is not one hot row. The clock folds the parts.
    """

    period = models.ForeignKey(TrainingPeriod, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12)
    listed = models.IntegerField()
    first = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["period", "code"], include=["listed", "first"], name="demand_of_programme"
            )
        ]
