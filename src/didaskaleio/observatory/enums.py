"""Closed lists of room observatory."""

from __future__ import annotations

from django.db import models


class ReportState(models.TextChoices):
    """Where a report stands."""

    OWN = "own", "Προσωπική"
    SHARED = "shared", "Κοινόχρηστη"
    ARCHIVED = "archived", "Αρχειοθετημένη"


class Rhythm(models.TextChoices):
    """How often a report comes by itself."""

    WEEKLY = "weekly", "Κάθε Δευτέρα"
    MONTHLY = "monthly", "Κάθε πρώτη του μήνα"


class RequestKind(models.TextChoices):
    """What is asked of the operating service."""

    REPORT = "report", "Ειδική αναφορά"
    SETTING = "setting", "Ρύθμιση"


class RequestState(models.TextChoices):
    """Where a request to the operating service stands."""

    SUBMITTED = "submitted", "Υποβλήθηκε"
    TAKEN = "taken", "Σε εξέλιξη"
    ASKED = "asked", "Περιμένει διευκρίνιση"
    DELIVERED = "delivered", "Παραδόθηκε"
    ACCEPTED = "accepted", "Έγινε αποδεκτό"
    DECLINED = "declined", "Δεν θα γίνει"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"
