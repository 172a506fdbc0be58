"""Closed lists of room credentials: states of signing cases and roots, ways of signing."""

from __future__ import annotations

from django.db import models

SIGNED_FILE = "credentials.signed"  # the kind of a document as it grows by signatures


class SigningState(models.TextChoices):
    OPEN = "open", "Προς υπογραφή"
    COMPLETED = "completed", "Υπογράφηκε από όλους"
    DECLINED = "declined", "Αρνήθηκε η υπογραφή"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"


class Method(models.TextChoices):
    """Ways (τρόποι) in which a turn is signed."""

    SEAL = "seal", "Σφραγίδα του φορέα"
    UPLOAD = "upload", "Αρχείο που υπογράφηκε αλλού"
    REMOTE = "remote", "Απομακρυσμένη υπογραφή"


class RootState(models.TextChoices):
    TRUSTED = "trusted", "Έμπιστη"
    ENDED = "ended", "Έληξε η εμπιστοσύνη"
