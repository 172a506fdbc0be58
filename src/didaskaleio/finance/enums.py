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


INVOICING = (TaxStatus.FREELANCE, TaxStatus.COMPANY, TaxStatus.PUBLIC)


class InvoiceState(models.TextChoices):
    SUBMITTED = "submitted", "Προς έλεγχο"
    ACCEPTED = "accepted", "Δεκτό"
    REJECTED = "rejected", "Απορρίφθηκε"


class PaperKind(models.TextChoices):
    """Supporting documents of a payment file (δικαιολογητικά)."""

    DECLARATION = "declaration", "Υπεύθυνη δήλωση"
    IDENTITY = "identity", "Αντίγραφο δελτίου ταυτότητας"
    TAX_PROOF = "tax_proof", "Αποδεικτικό Α.Φ.Μ. και Δ.Ο.Υ."
    ACCOUNT_PROOF = "account_proof", "Αποδεικτικό τραπεζικού λογαριασμού"
    PERMIT = "permit", "Άδεια άσκησης ιδιωτικού έργου με αμοιβή"
    TAX_CLEARANCE = "tax_clearance", "Φορολογική ενημερότητα"
    INSURANCE_CLEARANCE = "insurance", "Ασφαλιστική ενημερότητα"


EXPIRING = (PaperKind.PERMIT, PaperKind.TAX_CLEARANCE, PaperKind.INSURANCE_CLEARANCE)


class PaperState(models.TextChoices):
    SUBMITTED = "submitted", "Προς έλεγχο"
    ACCEPTED = "accepted", "Δεκτό"
    ENDING = "ending", "Λήγει σύντομα"
    EXPIRED = "expired", "Έληξε"
    REJECTED = "rejected", "Απορρίφθηκε"
    REPLACED = "replaced", "Αντικαταστάθηκε"


HOLDING = (PaperState.ACCEPTED, PaperState.ENDING)


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


class BodySigns(models.TextChoices):
    """What stands for the body under a contract (υπογραφή του φορέα)."""

    SEAL = "seal", "Η σφραγίδα του φορέα"
    HEAD = "head", "Το πρόσωπο που διοικεί τον φορέα"


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


class TermKind(models.TextChoices):
    """What a term of payment says (όρος αμοιβής)."""

    RATE = "rate", "Αποζημίωση ανά μονάδα"
    HOURS_PERIOD = "hours_period", "Ανώτατες ώρες ανά περίοδο"
    HOURS_OPERATION = "hours_operation", "Ανώτατες ώρες στην πράξη"
    INCOME = "income", "Ανώτατο εισόδημα ανά έτος"
    DEDUCTION = "deduction", "Κράτηση επί τοις εκατό"


class Unit(models.TextChoices):
    """In what work is counted (μονάδα έργου)."""

    HOUR = "hour", "Διδακτική ώρα"
    ASYNC_HOUR = "async_hour", "Ασύγχρονη ώρα"
    STAFF_HOUR = "staff_hour", "Ώρα υποστήριξης"
    DELIVERABLE = "deliverable", "Παραδοτέο"
    PROGRAMME = "programme", "Ολοκληρωμένο πρόγραμμα"
    SCRIPT = "script", "Γραπτό"
    SITTING = "sitting", "Επιτήρηση εξέτασης"
    ITEM = "item", "Θέμα τράπεζας"


HOURS = (Unit.HOUR, Unit.ASYNC_HOUR, Unit.STAFF_HOUR)
BY_HAND = (Unit.SCRIPT, Unit.SITTING, Unit.ITEM)


class Source(models.TextChoices):
    """Where a line of work comes from (πηγή)."""

    SHEET = "sheet", "Παρουσιολόγιο"
    ASYNC = "async", "Ασύγχρονες ώρες"
    ASSIGNMENT = "assignment", "Ανάθεση υλικού"
    PROGRAMME = "programme", "Ολοκλήρωση προγράμματος"
    DOCUMENT = "document", "Έγγραφο"


class WorkState(models.TextChoices):
    DUE = "due", "Προς παραλαβή"
    EXAMINED = "examined", "Σε πρακτικό παραλαβής"
    ACCEPTED = "accepted", "Παραλήφθηκε"
    REFUSED = "refused", "Δεν παραλήφθηκε"
    ORDERED = "ordered", "Σε εντολή πληρωμής"
    PAID = "paid", "Πληρώθηκε"
    WITHDRAWN = "withdrawn", "Αντικαταστάθηκε"


GONE = (WorkState.WITHDRAWN, WorkState.REFUSED)


class WorkReportState(models.TextChoices):
    DRAFT = "draft", "Συντάσσεται"
    SUBMITTED = "submitted", "Υποβλήθηκε"
    RETURNED = "returned", "Επιστράφηκε"
    ACCEPTED = "accepted", "Έγινε δεκτή"


class MinutesState(models.TextChoices):
    DRAFT = "draft", "Σε σύνταξη"
    SIGNING = "signing", "Προς υπογραφή"
    SEALED = "sealed", "Υπογράφηκε"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"


class Quorum(models.TextChoices):
    MAJORITY = "majority", "Η πλειοψηφία των μελών"
    ALL = "all", "Όλα τα μέλη"


class OrderState(models.TextChoices):
    DRAFT = "draft", "Προς έγκριση"
    APPROVED = "approved", "Εγκρίθηκε"
    SENT = "sent", "Στάλθηκε στην τράπεζα"
    SETTLED = "settled", "Εκκαθαρίστηκε"
    CANCELLED = "cancelled", "Ακυρώθηκε"


class PaymentState(models.TextChoices):
    WAITING = "waiting", "Σε εντολή"
    PAID = "paid", "Πληρώθηκε"
    RETURNED = "returned", "Επιστράφηκε από την τράπεζα"
    CANCELLED = "cancelled", "Ακυρώθηκε"
