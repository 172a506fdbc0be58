"""Models of the kernel: journal, numbers, documents, files, notices, jobs, tries, demo clock."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DemoClock(models.Model):
    """The demonstration's clock (ρολόι της επίδειξης): how far it runs from the real one."""

    offset = models.DurationField()


class JournalEntry(models.Model):
    """One line of the journal (ημερολόγιο ενεργειών); the database refuses changes to it."""

    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    act = models.CharField(max_length=200)
    step = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-id"], name="journal_subject")]


class Tries(models.Model):
    """How often somebody tried something lately (προσπάθειες, see ``kernel.limits``)."""

    key = models.CharField(max_length=80, primary_key=True)
    began = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()


class NumberSeries(models.Model):
    """A protocol series (σειρά αρίθμησης) without gaps: one per key and year."""

    key = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="series_once")]


class StoredFile(models.Model):
    """A private file (αρχείο): typed, measured, hashed; streamed only through a permission."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="file_subject")]


class StoredDocument(models.Model):
    """An issued document (έγγραφο): numbered, stored with its hash, never overwritten."""

    kind = models.CharField(max_length=64)
    number = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="document_subject")]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="document_number")]


class Notice(models.Model):
    """A notice (ειδοποίηση) to one person: in the application and, by preference, by mail."""

    class Mail(models.TextChoices):
        NONE = "none", "χωρίς ηλεκτρονικό μήνυμα"
        WAITING = "waiting", "σε αναμονή αποστολής"
        SENT = "sent", "στάλθηκε"
        FAILED = "failed", "δεν παραδόθηκε"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=64)
    dedupe = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    text = models.TextField()
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NONE)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_person"),
            models.Index(fields=["at", "id"], name="notice_unmailed", condition=Q(mail="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "dedupe"], name="notice_once")
        ]


class NoticePreference(models.Model):
    """What a person chose for one kind of notice (προτίμηση ειδοποίησης)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=64)
    by_mail = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notice_preference_once")
        ]


class Work(models.Model):
    """A long act in the background (εργασία), with a progress bar for whoever started it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Σε αναμονή"
        RUNNING = "running", "Εκτελείται"
        DONE = "done", "Ολοκληρώθηκε"
        FAILED = "failed", "Απέτυχε"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="work_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="work_within_total")
        ]


class SavedView(models.Model):
    """A person's saved view of a list or report (αποθηκευμένη προβολή)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    report = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    query = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "report", "name"], name="saved_view_once")
        ]


# the tables of forms, spaces and standards belong to this room; each stands with its engine
from didaskaleio.kernel.forms.models import AnswerSheet, Form, FormState, FormVersion  # noqa: E402
from didaskaleio.kernel.spaces.models import Space, SpaceState  # noqa: E402
from didaskaleio.kernel.standards.models import (  # noqa: E402
    Acknowledgement,
    Standard,
    StandardFile,
    StandardVersion,
)

__all__ = [
    "Acknowledgement",
    "AnswerSheet",
    "Form",
    "FormState",
    "FormVersion",
    "Space",
    "SpaceState",
    "Standard",
    "StandardFile",
    "StandardVersion",
]
