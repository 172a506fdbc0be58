"""Objections (ενστάσεις) against a provisional list: what was said, given and decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.models import Person
from didaskaleio.registers.enums import Effect, ObjectionState
from didaskaleio.registers.models.calls import Call, Candidacy, Evidence


class Objection(models.Model):
    """Objection (ένσταση; R-019) of a candidate: one that stands for each candidacy.

    ``draft`` is what the committee prepares: ``rulings``, ``admitted``, ``ground``, ``reason``.
    Once decided, ``rulings`` and ``reason`` say what stands, ``effect`` what it changed.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="objections")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="objections")
    state = models.CharField(
        max_length=10, choices=ObjectionState, default=ObjectionState.SUBMITTED
    )
    text = models.TextField()
    receipt_number = models.CharField(max_length=40)
    receipt = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    draft = models.JSONField(default=dict)
    rulings = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    effect = models.CharField(max_length=10, choices=Effect, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["call", "state"], name="objection_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy"], condition=~Q(state="withdrawn"), name="objection_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(decided_at__isnull=False) & ~Q(effect="")),
                name="objection_decided_has_its_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"ένσταση {self.receipt_number}"


class ObjectionPaper(models.Model):
    """A document of the wallet given with an objection (έγγραφο ένστασης)."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="papers")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="objected")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objection", "evidence"], name="objection_paper_once")
        ]
