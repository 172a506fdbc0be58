"""States and kinds of room programmes."""

from __future__ import annotations

from django.db import models


class ActionState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρη"
    CONFIGURED = "configured", "Παραμετροποιήθηκε"
    PLANNING = "planning", "Σχεδιασμός προγραμμάτων"
    APPLICATIONS_OPEN = "applications_open", "Δέχεται αιτήσεις"
    ALLOCATING = "allocating", "Κατανομή"
    RUNNING = "running", "Σε εξέλιξη"
    COMPLETING = "completing", "Ολοκλήρωση"
    DOCUMENTED = "documented", "Τεκμηριώθηκε"
    CLOSED = "closed", "Έκλεισε"
    CANCELLED = "cancelled", "Ακυρώθηκε"


class PeriodState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρη"
    ANNOUNCED = "announced", "Ανακοινώθηκε"
    PROPOSING = "proposing", "Προτάσεις Κ.Σ.Ε."
    PHASE_A = "phase_a", "Α΄ φάση αιτήσεων"
    FROZEN = "frozen", "Πάγωμα λίστας"
    DRAWN = "drawn", "Κληρώθηκε"
    PHASE_B = "phase_b", "Β΄ φάση"
    PHASE_B_CLOSED = "phase_b_closed", "Έκλεισε η Β΄ φάση"
    ENROLLING = "enrolling", "Εγγραφές"
    RUNNING = "running", "Σε εξέλιξη"
    CLOSED = "closed", "Έκλεισε"
    CANCELLED = "cancelled", "Ακυρώθηκε"


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρο"
    SUBMITTED = "submitted", "Προς έλεγχο"
    RETURNED = "returned", "Επιστράφηκε"
    CHECKED = "checked", "Ελέγχθηκε"
    APPROVED = "approved", "Εγκρίθηκε"
    REJECTED = "rejected", "Απορρίφθηκε"
    OPEN = "open", "Δέχεται αιτήσεις"
    DRAWN = "drawn", "Κληρώθηκε"
    VIABLE = "viable", "Βιώσιμο"
    FILLING = "filling", "Συμπληρώνεται"
    CANCELLED = "cancelled", "Ακυρώθηκε"
    ENROLLING = "enrolling", "Εγγραφές"
    RUNNING = "running", "Σε εξέλιξη"
    SUSPENDED = "suspended", "Σε αναστολή"
    COMPLETED = "completed", "Ολοκληρώθηκε"
    DOCUMENTED = "documented", "Τεκμηριώθηκε"


LIVE_STATES = (
    ProgrammeState.SUBMITTED,
    ProgrammeState.CHECKED,
    ProgrammeState.APPROVED,
    ProgrammeState.OPEN,
    ProgrammeState.DRAWN,
    ProgrammeState.VIABLE,
    ProgrammeState.FILLING,
    ProgrammeState.ENROLLING,
    ProgrammeState.RUNNING,
    ProgrammeState.SUSPENDED,
)


class QuotaKind(models.TextChoices):
    CLUSTER = "cluster", "Συστάδα"
    PREFECTURE = "prefecture", "Νομός"
    CENTRE = "centre", "Κ.Σ.Ε."


class SlotKind(models.TextChoices):
    FACE_TO_FACE = "f2f", "Διά ζώσης"
    SYNCHRONOUS = "sync", "Σύγχρονη"
    SUPPORT = "support", "Υποστηρικτική"


class StaffRole(models.TextChoices):
    TECHNICAL = "technical", "Τεχνική υποστήριξη"
    ADMINISTRATIVE = "administrative", "Διοικητική υποστήριξη"


class ActionRole(models.TextChoices):
    """Roles of an action that are given to members of a register (ρόλοι δράσης)."""

    TRAINER = "trainer", "Επιμορφωτές/τριες"
    TECHNICAL = "technical", "Τεχνική υποστήριξη"
    ADMINISTRATIVE = "administrative", "Διοικητική υποστήριξη"


class ActKind(models.TextChoices):
    EXTENSION = "extension", "Παράταση"
    REOPENING = "reopening", "Επαναλειτουργία"
    CANCELLATION = "cancellation", "Ματαίωση"
    DECISION = "decision", "Απόφαση"


class ProposalAnswer(models.TextChoices):
    ACCEPTED = "accepted", "Έγινε δεκτή"
    PARTLY = "partly", "Έγινε δεκτή εν μέρει"
    DECLINED = "declined", "Δεν έγινε δεκτή"


class WishKind(models.TextChoices):
    """What a trainer says of a part of the week (επιθυμία)."""

    CANNOT = "cannot", "Δεν μπορώ"
    RATHER_NOT = "rather_not", "Καλύτερα όχι"
    CAN = "can", "Μπορώ"
    LIKES = "likes", "Προτιμώ"
    WANTS = "wants", "Προτιμώ πολύ"


class ArrangementState(models.TextChoices):
    """States of a proposal of the solver (κατάσταση σχεδίου)."""

    COMPUTING = "computing", "Υπολογίζεται"
    READY = "ready", "Προς απόφαση"
    IMPOSSIBLE = "impossible", "Αδύνατο"
    APPLIED = "applied", "Εφαρμόστηκε"
    UNDONE = "undone", "Αναιρέθηκε"
    DISCARDED = "discarded", "Απορρίφθηκε"


class WorkFor(models.TextChoices):
    """Whom a call for work addresses (σε ποιους απευθύνεται)."""

    TRAINERS = "trainers", "Επιμορφωτές/τριες"
    CENTRES = "centres", "Κ.Σ.Ε."


class WorkCallState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρη"
    ANNOUNCED = "announced", "Ανακοινώθηκε"
    OPEN = "open", "Δέχεται αιτήσεις"
    CLOSED = "closed", "Προς επιλογή"
    SELECTED = "selected", "Έγινε επιλογή"
    CANCELLED = "cancelled", "Ματαιώθηκε"


class WorkApplicationState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρη"
    SUBMITTED = "submitted", "Υποβλήθηκε"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"
    SELECTED = "selected", "Επιλέχθηκε"
    RESERVE = "reserve", "Επιλαχούσα"
    CANCELLED = "cancelled", "Ματαιώθηκε"


class AssignmentState(models.TextChoices):
    ASKED = "asked", "Αναμένει απάντηση"
    ACCEPTED = "accepted", "Έγινε αποδεκτή"
    DECLINED = "declined", "Δεν έγινε αποδεκτή"
    EXPIRED = "expired", "Έληξε χωρίς απάντηση"
    RECALLED = "recalled", "Ανακλήθηκε"


class Addressees(models.TextChoices):
    """To whom an action is addressed (σε ποιους απευθύνεται)."""

    EVERYWHERE = "everywhere", "Όλη η χώρα"
    PREFECTURES = "prefectures", "Ορισμένοι νομοί"
    SCHOOLS = "schools", "Ορισμένα σχολεία (ενδοσχολική)"
