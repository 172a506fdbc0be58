"""Credentials (βεβαιώσεις και πιστοποιητικά): what was issued, to whom, and whether it stands."""

from __future__ import annotations

from django.db import models

from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody


class CredentialState(models.TextChoices):
    ISSUED = "issued", "Ισχύει"
    REVOKED = "revoked", "Ανακλήθηκε"
    REPLACED = "replaced", "Αντικαταστάθηκε"


class Credential(models.Model):
    """An issued credential (εκδοθείσα βεβαίωση) with the content that the public check shows."""

    code = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    content = models.JSONField()
    signed_content = models.TextField()
    document = models.OneToOneField(StoredDocument, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CredentialState, default=CredentialState.ISSUED)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-issued_at"], name="credential_person")]

    def __str__(self) -> str:
        return self.number
