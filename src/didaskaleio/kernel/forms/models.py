"""Models of forms (φόρμες): a form, its versions, and sheets of answers that keep their version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.definition import Definition


class FormState(models.TextChoices):
    """States of a version (καταστάσεις έκδοσης)."""

    DRAFT = "draft", "Πρόχειρο"
    PUBLISHED = "published", "Δημοσιευμένη"
    RETIRED = "retired", "Αποσυρμένη"


class Form(models.Model):
    """A form (παραμετρική φόρμα); ``scope`` and ``scope_id`` say whose, as those of a post do."""

    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    scope = models.CharField(max_length=16)
    scope_id = models.BigIntegerField()
    sort_key = greek_key_field("title")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "scope_id", "code"], name="form_code_once")
        ]

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """A version (έκδοση φόρμας); the database refuses changes to one that is not a draft."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=FormState, default=FormState.DRAFT)
    definition = models.JSONField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(state="draft"), name="form_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"έκδοση {self.number}"

    def parsed(self) -> Definition:
        """The definition as the pure cores read it."""
        return exchange.read_draft(self.definition)


class AnswerSheet(models.Model):
    """The answers of a person (φύλλο απαντήσεων) to one version; ``subject`` is what they are for.

    ``values`` are as ``definition.Kind`` says; ``points`` is ``points.as_data`` at completion.
    """

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    points = models.JSONField(null=True)
    saved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="answer_sheet_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person", "subject", "subject_id"], name="answer_sheet_once"
            )
        ]
