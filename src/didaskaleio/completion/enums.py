"""States of room completion."""

from __future__ import annotations

from django.db import models


class AttestationState(models.TextChoices):
    OWED = "owed", "Οφείλεται"
    ISSUED = "issued", "Εκδόθηκε"
    REVOKED = "revoked", "Ανακλήθηκε"
    REPLACED = "replaced", "Αντικαταστάθηκε"


class EmploymentState(models.TextChoices):
    REQUESTED = "requested", "Ζητήθηκε"
    ISSUED = "issued", "Εκδόθηκε"
    REFUSED = "refused", "Απορρίφθηκε"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"
    REVOKED = "revoked", "Ανακλήθηκε"


class PackKind(models.TextChoices):
    """What a pack is about (είδος πακέτου τεκμηρίων)."""

    DOSSIER = "dossier", "Φάκελος προγράμματος"
    AUDIT = "audit", "Πακέτο ελέγχου Πράξης"


class PackState(models.TextChoices):
    BUILDING = "building", "Ετοιμάζεται"
    SEALED = "sealed", "Σφραγίστηκε"
    LAPSED = "lapsed", "Έληξε"


class MeasureKind(models.TextChoices):
    """What a funded project does beside the training (είδος ενέργειας; 001 §1)."""

    EVALUATION = "evaluation", "Εσωτερική αξιολόγηση"
    QUALITY = "quality", "Διασφάλιση ποιότητας"
    SUSTAINABILITY = "sustainability", "Βιωσιμότητα αποτελεσμάτων"
    PUBLICITY = "publicity", "Δημοσιότητα"
    EQUIPMENT = "equipment", "Εξοπλισμός"


class MeasureState(models.TextChoices):
    PLANNED = "planned", "Προγραμματίστηκε"
    DONE = "done", "Έγινε"
    DROPPED = "dropped", "Δεν θα γίνει"
