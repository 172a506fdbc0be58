"""Where an action takes its people from (μητρώα δράσης; 000 §7.4)."""

from __future__ import annotations

from django.db import models

from didaskaleio.programmes.enums import ActionRole
from didaskaleio.programmes.models.offering import TrainingAction
from didaskaleio.registers.models import Call, Register, Tender


class ActionRegister(models.Model):
    """Register of an action (μητρώο δράσης): whom a role of the action is given to (R-170).

    ``call`` is the last call for members that was opened from the action. A role without a row
    draws on nothing in particular.
    """

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="registers")
    role = models.CharField(max_length=16, choices=ActionRole)
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "role"], name="action_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.register}"


class ActionTender(models.Model):
    """Tender of an action (διαγωνισμός δράσης; 001 §4): bodies other than public schools."""

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="tenders")
    tender = models.OneToOneField(Tender, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.tender}, {self.action}"
