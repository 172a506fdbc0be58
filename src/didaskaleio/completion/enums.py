"""States of room completion."""

from __future__ import annotations

from django.db import models


class AttestationState(models.TextChoices):
    OWED = "owed", "Οφείλεται"
    ISSUED = "issued", "Εκδόθηκε"
    REVOKED = "revoked", "Ανακλήθηκε"
    REPLACED = "replaced", "Αντικαταστάθηκε"
