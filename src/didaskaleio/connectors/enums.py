"""Closed lists of room connectors: states of an import, kinds of change."""

from __future__ import annotations

from django.db import models


class ImportState(models.TextChoices):
    """Where an import of teachers stands."""

    UPLOADED = "uploaded", "Χωρίς αντιστοίχιση"
    COMPARING = "comparing", "Συγκρίνεται"
    COMPARED = "compared", "Σε προεπισκόπηση"
    APPLYING = "applying", "Εφαρμόζεται"
    APPLIED = "applied", "Εφαρμόστηκε"
    UNDOING = "undoing", "Αναιρείται"
    UNDONE = "undone", "Αναιρέθηκε"
    DISCARDED = "discarded", "Απορρίφθηκε"


class PullState(models.TextChoices):
    """Where a pull from the service of MySchool stands."""

    RUNNING = "running", "Σε εξέλιξη"
    RECEIVED = "received", "Παραλήφθηκε"
    NOTHING = "nothing", "Καμία αλλαγή"
    FAILED = "failed", "Δεν έγινε"


class PushAct(models.TextChoices):
    """What happened to a credential; the same values as its states."""

    ISSUED = "issued", "Έκδοση"
    REVOKED = "revoked", "Ανάκληση"
    REPLACED = "replaced", "Αντικατάσταση"


class PushState(models.TextChoices):
    """Where a training or certification stands on its way to MySchool."""

    WAITING = "waiting", "Περιμένει"
    SENT = "sent", "Στάλθηκε"
    REFUSED = "refused", "Δεν έγινε δεκτή"


class CorrectionState(models.TextChoices):
    """Where a request to correct a fact of MySchool stands."""

    OPEN = "open", "Περιμένει απάντηση"
    ACCEPTED = "accepted", "Έγινε δεκτό"
    DECLINED = "declined", "Δεν έγινε δεκτό"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"


class Fact(models.TextChoices):
    """The facts of a teacher that MySchool owns."""

    SURNAME = "surname", "Επώνυμο"
    GIVEN_NAME = "given_name", "Όνομα"
    FATHER_NAME = "father_name", "Πατρώνυμο"
    AM = "am", "Αριθμός μητρώου"
    SPECIALTY = "specialty", "Ειδικότητα"
    EMPLOYMENT = "employment", "Σχέση εργασίας"
    APPOINTED_ON = "appointed_on", "Ημερομηνία διορισμού"
    SERVICES = "services", "Σχολεία και ώρες"
    LEAVES = "leaves", "Άδειες"


class ChangeKind(models.TextChoices):
    """What a line of an export means for what we hold."""

    NEW = "new", "Νέο πρόσωπο"
    CHANGED = "changed", "Αλλαγή"
    GONE = "gone", "Δεν υπάρχει πια"
    SAME = "same", "Χωρίς αλλαγή"
    REFUSED = "refused", "Δεν έγινε δεκτή"
