"""States and kinds of room delivery."""

from __future__ import annotations

from django.db import models


class SessionState(models.TextChoices):
    PLANNED = "planned", "Προγραμματισμένη"
    RESCHEDULED = "rescheduled", "Προτάθηκε άλλη ώρα"
    IN_PROGRESS = "in_progress", "Σε εξέλιξη"
    HELD = "held", "Έγινε"
    NOT_HELD = "not_held", "Δεν έγινε"
    SIGNED = "signed", "Υπογράφηκε"
    CORRECTED = "corrected", "Διορθώθηκε"
    CLOSED = "closed", "Έκλεισε"
    CANCELLED = "cancelled", "Ματαιώθηκε"


class Mark(models.TextChoices):
    UNKNOWN = "unknown", "Χωρίς σημείωση"
    PRESENT = "present", "Παρουσία"
    LATE = "late", "Καθυστέρηση"
    ABSENT = "absent", "Απουσία"
    EXCUSED = "excused", "Δικαιολογημένη απουσία"


class Attendee(models.TextChoices):
    TRAINEE = "trainee", "Επιμορφούμενος/η"
    TRAINER = "trainer", "Επιμορφωτής/τρια"
    STAFF = "staff", "Προσωπικό Κ.Σ.Ε."


class ExcuseState(models.TextChoices):
    SUBMITTED = "submitted", "Υποβλήθηκε"
    ACCEPTED = "accepted", "Έγινε δεκτή"
    REFUSED = "refused", "Δεν έγινε δεκτή"


class DisputeState(models.TextChoices):
    OPEN = "open", "Εκκρεμεί"
    UPHELD = "upheld", "Έγινε δεκτή"
    DISMISSED = "dismissed", "Απορρίφθηκε"


class Source(models.TextChoices):
    LIST = "list", "Κατάλογος"
    CODE = "code", "Κωδικός αίθουσας"
    FILE = "file", "Αρχείο"
    CLASSROOM = "classroom", "Εικονική αίθουσα"
    EVENTS = "events", "Συμβάντα εικονικής αίθουσας"
    RULING = "ruling", "Απόφαση"


class RoundState(models.TextChoices):
    COMMITTED = "committed", "Δεσμεύθηκε"
    DRAWN = "drawn", "Κληρώθηκε"
    REVEALED = "revealed", "Αποκαλύφθηκε"


class VisitState(models.TextChoices):
    PROPOSED = "proposed", "Προτάθηκε"
    DROPPED = "dropped", "Δεν θα γίνει"
    PLANNED = "planned", "Αποφασίστηκε"
    ASSIGNED = "assigned", "Ανατέθηκε"
    IN_PROGRESS = "in_progress", "Σε εξέλιξη"
    NOT_DONE = "not_done", "Δεν έγινε"
    REPORTED = "reported", "Υπογράφηκε η έκθεση"
    ANSWERED = "answered", "Απάντησε το κέντρο"
    FOLLOW_UP = "follow_up", "Παρακολουθείται"
    CLOSED = "closed", "Έκλεισε"


class VisitWay(models.TextChoices):
    RISK = "risk", "Από κίνδυνο"
    RANDOM = "random", "Από κλήρωση"
    ADDED = "added", "Με απόφαση στελέχους"


class Severity(models.TextChoices):
    REMARK = "remark", "Παρατήρηση"
    MINOR = "minor", "Ήσσον εύρημα"
    SERIOUS = "serious", "Σοβαρό εύρημα"


class WorkKind(models.TextChoices):
    TASK = "task", "Εργασία"
    ACCESS = "access", "Πρόσβαση στο υλικό"
    GUIDANCE = "guidance", "Καθοδήγηση"


class WorkState(models.TextChoices):
    SUBMITTED = "submitted", "Υποβλήθηκε"
    RETURNED = "returned", "Επιστράφηκε"
    ACCEPTED = "accepted", "Έγινε δεκτή"


class SubstitutionState(models.TextChoices):
    PROPOSED = "proposed", "Εκκρεμεί απάντηση"
    ACCEPTED = "accepted", "Έγινε δεκτή"
    DECLINED = "declined", "Δεν έγινε δεκτή"
    WITHDRAWN = "withdrawn", "Ανακλήθηκε"
    LAPSED = "lapsed", "Έμεινε αναπάντητη"


class GivenTaskState(models.TextChoices):
    GIVEN = "given", "Εκκρεμεί"
    REMINDED = "reminded", "Πλησιάζει η προθεσμία"
    OVERDUE = "overdue", "Εκπρόθεσμη"
    ANSWERED = "answered", "Απαντήθηκε"
    RETURNED = "returned", "Ζητήθηκε συμπλήρωση"
    CLOSED = "closed", "Έκλεισε"
    REVOKED = "revoked", "Ανακλήθηκε"


class ClassApplicationState(models.TextChoices):
    DRAFT = "draft", "Σχέδιο σε σύνταξη"
    SUBMITTED = "submitted", "Σχέδιο προς έγκριση"
    RETURNED = "returned", "Σχέδιο προς διόρθωση"
    APPROVED = "approved", "Εγκεκριμένο σχέδιο"
    APPLIED = "applied", "Τεκμήρια προς έλεγχο"
    INCOMPLETE = "incomplete", "Λείπουν τεκμήρια"
    ACCEPTED = "accepted", "Ολοκληρώθηκε"


class RecordingState(models.TextChoices):
    EXPECTED = "expected", "Αναμένεται"
    AVAILABLE = "available", "Διαθέσιμη"
    MISSING = "missing", "Δεν βρέθηκε"
    ENDING = "ending", "Ζητήθηκε η διαγραφή"
    DELETED = "deleted", "Διαγράφηκε"
