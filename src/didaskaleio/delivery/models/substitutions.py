"""Substitutions (αντικαταστάσεις): who is asked to teach sessions in the place of another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.delivery.enums import SubstitutionState
from didaskaleio.delivery.models.meetings import TrainingSession
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme


class Substitution(models.Model):
    """Substitution (αντικατάσταση): one session, or the ``rest`` of the programme, until due.

    ``sessions`` are those that were asked for; the programme itself passes over with the rest.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    sessions = models.ManyToManyField(TrainingSession, related_name="substitutions")
    rest = models.BooleanField(default=False)
    replaced = models.ForeignKey(Person, models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(
        max_length=10, choices=SubstitutionState, default=SubstitutionState.PROPOSED
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["substitute", "state"], name="substitution_asked")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(substitute=F("replaced")), name="nobody_replaces_themselves"
            )
        ]

    def __str__(self) -> str:
        return f"Αντικατάσταση στο {self.programme.code}"
