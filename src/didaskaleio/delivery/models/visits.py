"""On-site visits (επιτόπιοι έλεγχοι): the choice of a month, the visits, findings, photographs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from didaskaleio.delivery import risk
from didaskaleio.delivery.enums import RoundState, Severity, VisitState, VisitWay
from didaskaleio.delivery.models.meetings import TrainingSession
from didaskaleio.kernel.forms.models import AnswerSheet, FormVersion
from didaskaleio.kernel.models import StoredDocument, StoredFile
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody


class RiskWeights(models.Model):
    """Weights of the risk (βάρη κινδύνου): a version, in force until the next one."""

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    values = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["body", "version"], name="weights_once")]


class VisitRound(models.Model):
    """Choice of visits of a month (επιλογή επισκέψεων): by risk, and a share drawn by lot.

    What is published at once: ``commitment``, ``freeze_hash``, the rule of the beacon. The list,
    ``bundle`` and ``result`` come out when ``reveals_at`` has passed, so that a visit still
    surprises. ``scores`` has points and lines of every unit of the list.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40, unique=True)
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.COMMITTED)
    weights = models.JSONField()
    weights_version = models.PositiveSmallIntegerField()
    checklist = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    by_risk = models.PositiveSmallIntegerField()
    by_lot = models.PositiveSmallIntegerField()
    scores = models.JSONField()
    frozen = models.TextField()
    freeze_hash = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    secret_sealed = models.BinaryField()
    committed_at = models.DateTimeField()
    beacon_source = models.CharField(max_length=300)
    beacon_pattern = models.CharField(max_length=200)
    beacon_at = models.DateTimeField()
    beacon = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reveals_at = models.DateTimeField()
    bundle = models.TextField(blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "first_day"], name="round_once_a_month"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="round_days_follow"
            ),
        ]

    def __str__(self) -> str:
        return f"Επισκέψεις {self.first_day:%m/%Y}"


class SiteVisit(models.Model):
    """On-site visit (επιτόπιος έλεγχος) of a session: chosen, decided, made, reported, closed."""

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="visits")
    round = models.ForeignKey(VisitRound, models.PROTECT, null=True, related_name="visits")
    way = models.CharField(max_length=8, choices=VisitWay)
    points = models.PositiveSmallIntegerField(default=0)
    lines = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=VisitState, default=VisitState.PROPOSED)
    checklist = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    inspector = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    sheet = models.ForeignKey(AnswerSheet, models.PROTECT, null=True, related_name="+")
    counted = models.PositiveSmallIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)
    recorded = models.PositiveSmallIntegerField(null=True)
    sheet_version = models.PositiveSmallIntegerField(default=0)
    summary = models.TextField(blank=True)
    report = models.ForeignKey(StoredDocument, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    answer_due = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["session__starts_at", "pk"]
        indexes = [models.Index(fields=["inspector", "state"], name="visit_inspector")]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=~Q(state__in=["dropped", "not_done"]),
                name="one_visit_a_session",
            )
        ]

    def __str__(self) -> str:
        return f"Επίσκεψη: {self.session.programme.code}, {self.session}"

    @property
    def missing(self) -> int:
        """How many more the sheet shows than were counted; negative when it shows fewer."""
        return (self.recorded or 0) - (self.counted or 0) if self.counted is not None else 0

    @property
    def differs(self) -> bool:
        return self.counted is not None and self.recorded is not None and self.missing != 0

    def score_lines(self) -> list[Any]:
        return [risk.Line(**line) for line in self.lines]


class VisitFinding(models.Model):
    """Finding (εύρημα) of a visit: how serious, what was seen, what is asked of the centre."""

    visit = models.ForeignKey(SiteVisit, models.PROTECT, related_name="findings")
    severity = models.CharField(max_length=8, choices=Severity)
    text = models.TextField()
    asked = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settlement = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class VisitPhoto(models.Model):
    """Photograph (φωτογραφία) of a visit, without the notes of the camera.

    ``key`` is given by a device that kept it without a line, so that it arrives once.
    """

    visit = models.ForeignKey(SiteVisit, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    caption = models.CharField(max_length=200)
    at = models.DateTimeField()
    key = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "key"], condition=~Q(key=""), name="photo_of_device_once"
            )
        ]
