"""Models of standards (πρότυπα): a text for a stage and roles, in versions, and who read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.standards import stages


class Standard(models.Model):
    """A standard (πρότυπο) of a body or of the ministry, for one stage; no roles mean all."""

    title = models.CharField(max_length=200)
    scope = models.CharField(max_length=16)
    scope_id = models.BigIntegerField()
    stage = models.CharField(max_length=40)
    roles = models.JSONField(default=list, blank=True)
    sort_key = greek_key_field("title")

    def __str__(self) -> str:
        return self.title

    @property
    def stage_title(self) -> str:
        return stages.title_of(self.stage)

    @property
    def role_titles(self) -> list[str]:
        labels = dict(stages.known[self.stage].roles) if self.stage in stages.known else {}
        return [labels.get(role, role) for role in self.roles]


class StandardVersion(models.Model):
    """A version (έκδοση) of a standard; the database keeps a published one as it is."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    demanded = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["standard"], condition=Q(published_at=None), name="standard_one_draft"
            ),
            models.UniqueConstraint(
                fields=["standard"],
                condition=Q(published_at__isnull=False, retired_at=None),
                name="standard_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"έκδοση {self.number}"


class StandardFile(models.Model):
    """A file (συνημμένο) of a version: a template, an example, a checklist."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]


class Acknowledgement(models.Model):
    """That a person read a version (έλαβε γνώση); never taken back."""

    version = models.ForeignKey(StandardVersion, models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="standard_read_once")
        ]
