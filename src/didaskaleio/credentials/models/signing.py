"""Signing cases (φάκελοι υπογραφών): a stored PDF, its signers in order, whom to trust."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from didaskaleio.credentials.enums import Method, RootState, SigningState
from didaskaleio.kernel.models import StoredDocument, StoredFile
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody


class SigningCase(models.Model):
    """Φάκελος υπογραφών: one document that people and bodies sign, each in turn.

    ``file`` is the document as it stands, with the signatures so far; ``subject`` names what it
    is about, for the room that opened the case; ``turn`` is whose signature is awaited.
    """

    title = models.CharField(max_length=300)
    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    document = models.ForeignKey(StoredDocument, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SigningState, default=SigningState.OPEN)
    turn = models.OneToOneField("Signatory", models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="signing_subject"),
            models.Index(fields=["body", "-opened_at"], name="signing_body"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="open"), name="signing_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False, turn__isnull=True)),
                name="signing_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Signatory(models.Model):
    """Υπογράφων/ουσα: one turn of a case, a person or the seal of a body.

    ``role`` over ``scope`` is the post by which the person signs: another who holds it may take
    the turn over. Without one the person signs in their own name, which the document bears.
    """

    case = models.ForeignKey(SigningCase, models.CASCADE, related_name="signatories")
    order = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(ImplementingBody, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=160)
    role = models.CharField(max_length=20, blank=True)
    scope = models.CharField(max_length=12, blank=True)
    scope_id = models.BigIntegerField(null=True)
    instead_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=10, choices=Method, blank=True)
    signed_at = models.DateTimeField(null=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="signatory_order"),
            models.UniqueConstraint(fields=["case", "person"], name="signatory_person_once"),
            models.UniqueConstraint(fields=["case", "body"], name="signatory_body_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=True, body__isnull=False)
                | Q(person__isnull=False, body__isnull=True),
                name="signatory_one",
            ),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(role=""), name="signatory_by_post"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, method="", file__isnull=True)
                | (Q(signed_at__isnull=False, file__isnull=False) & ~Q(method="")),
                name="signatory_signed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.body)

    @property
    def post(self) -> str:
        """The post by which the person signs, in words."""
        return str(Role(self.role).label) if self.role else ""


class TrustRoot(models.Model):
    """Έμπιστη ρίζα: a certificate authority whose signatures count, as data of the operator."""

    name = models.CharField(max_length=300)
    certificate = models.BinaryField()
    fingerprint = models.CharField(max_length=64, unique=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RootState, default=RootState.TRUSTED)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("valid_from")), name="root_period"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RemoteSigning(models.Model):
    """Απομακρυσμένη υπογραφή σε εξέλιξη: what a person began with the provider.

    Nothing of the case changes until the signature has come back; ``key`` is the ``state`` that
    the provider returns, good once and only for the same person.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    verifier = models.CharField(max_length=128)
    credential = models.CharField(max_length=200, blank=True)
    algorithm = models.CharField(max_length=40, blank=True)
    certificates = models.JSONField(default=list)
    prepared = models.BinaryField(null=True)
    attributes = models.BinaryField(null=True)
    base = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
