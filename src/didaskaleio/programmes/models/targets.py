"""To whom an action is addressed and how many it wants (αποδέκτες και στόχοι δράσης; R-024)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.programmes.models.offering import ProgrammeCategory, TrainingAction
from didaskaleio.structures.models import Cluster, Prefecture, Region, School


class AddressedPrefecture(models.Model):
    """Prefecture that an action is addressed to (νομός δράσης)."""

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="prefectures")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "prefecture"], name="addressed_prefecture_once"
            )
        ]


class AddressedSchool(models.Model):
    """School that an action is addressed to (σχολείο ενδοσχολικής δράσης).

    ``group`` names the cluster of schools that it belongs to, if any (συστάδα σχολείων).
    """

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    group = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "school"], name="addressed_school_once")
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.group}" if self.group else str(self.school)


class ActionTarget(models.Model):
    """Target of an action (στόχος): how many people of a region, cluster and category.

    What is left empty is not told apart: a region without a cluster counts all its clusters.
    """

    action = models.ForeignKey(TrainingAction, models.CASCADE, related_name="targets")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(ProgrammeCategory, models.CASCADE, null=True, related_name="+")
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "region", "cluster", "category"],
                nulls_distinct=False,
                name="target_once",
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="target_is_of_somebody"),
        ]
