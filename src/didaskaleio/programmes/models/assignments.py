"""Assignments of work in a programme (αναθέσεις έργου; R-029, R-030)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import ActionRole, AssignmentState
from didaskaleio.programmes.models.offering import Programme
from didaskaleio.programmes.models.work_applications import WorkApplication

SINGULAR = {
    ActionRole.TRAINER: "Επιμορφωτής/τρια",
    ActionRole.TECHNICAL: "Τεχνική υποστήριξη",
    ActionRole.ADMINISTRATIVE: "Διοικητική υποστήριξη",
}
HOLDING = Q(state__in=[AssignmentState.ASKED, AssignmentState.ACCEPTED])


class WorkAssignment(models.Model):
    """Assignment (ανάθεση έργου): somebody is asked to take a part in a programme, and answers.

    ``application`` is the one that was ranked, for a trainer; ``hours`` what the part asks.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=16, choices=ActionRole)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    application = models.ForeignKey(
        WorkApplication, models.PROTECT, null=True, related_name="assignments"
    )
    hours = models.PositiveSmallIntegerField()
    message = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ASKED)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["person", "state"], name="assignment_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=HOLDING & Q(role=ActionRole.TRAINER),
                name="one_trainer_is_asked",
            ),
            models.UniqueConstraint(
                fields=["programme", "person", "role"], condition=HOLDING, name="assigned_once"
            ),
            models.CheckConstraint(condition=Q(hours__gte=1), name="assignment_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_role}, {self.programme.code}: {self.person.full_name}"

    @property
    def shown_role(self) -> str:
        """What one person does, in words."""
        return SINGULAR[ActionRole(self.role)]
