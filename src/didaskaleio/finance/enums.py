"""States and kinds of room finance."""

from __future__ import annotations

from django.db import models


class PayeeState(models.TextChoices):
    DRAFT = "draft", "Συμπληρώνεται"
    SUBMITTED = "submitted", "Προς έλεγχο"
    RETURNED = "returned", "Επιστράφηκε"
    CONFIRMED = "confirmed", "Επιβεβαιώθηκε"


class TaxStatus(models.TextChoices):
    """How a payee documents what is paid (φορολογική ιδιότητα)."""

    RECEIPT = "receipt", "Τίτλος κτήσης, χωρίς έναρξη επιτηδεύματος"
    FREELANCE = "freelance", "Δελτίο παροχής υπηρεσιών"
    COMPANY = "company", "Τιμολόγιο εταιρείας"
    PUBLIC = "public", "Παραστατικό νομικού προσώπου δημοσίου δικαίου"


class ContractKind(models.TextChoices):
    TRAINER = "trainer", "Επιμορφωτή/τριας"
    CENTRE = "centre", "Κέντρου (Κ.Σ.Ε.)"
    AUTHOR = "author", "Συγγραφής υλικού"
    ITEM_AUTHOR = "item_author", "Συγγραφής θεμάτων"
    MARKER = "marker", "Βαθμολόγησης"
    STAFF = "staff", "Προσωπικού κέντρου"


class TemplateState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρο"
    PUBLISHED = "published", "Σε χρήση"
    RETIRED = "retired", "Αντικαταστάθηκε"


class ContractState(models.TextChoices):
    DRAFT = "draft", "Σε προετοιμασία"
    ISSUED = "issued", "Εκδόθηκε"
    SIGNING = "signing", "Προς υπογραφή"
    IN_FORCE = "in_force", "Σε ισχύ"
    ENDED = "ended", "Έληξε"
    REPLACED = "replaced", "Τροποποιήθηκε"
    DECLINED = "declined", "Δεν έγινε δεκτή"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"


PREPARED = (ContractState.DRAFT, ContractState.ISSUED, ContractState.SIGNING)
STANDING = (*PREPARED, ContractState.IN_FORCE)
