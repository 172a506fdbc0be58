"""States and kinds of room enrolment."""

from __future__ import annotations

from django.db import models


class ApplicationState(models.TextChoices):
    DRAFT = "draft", "Πρόχειρη"
    SUBMITTED = "submitted", "Υποβλήθηκε"
    PLACED = "placed", "Επιτυχής"
    RUNNER_UP = "runner_up", "Επιλαχούσα"
    ENROLLED = "enrolled", "Εγγράφηκε"
    ATTENDED = "attended", "Ολοκλήρωσε"
    CERTIFIED = "certified", "Πιστοποιήθηκε"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"
    LAPSED = "lapsed", "Εξέπνευσε"
    REMOVED = "removed", "Διαγράφηκε"
    CANCELLED = "cancelled", "Ματαιώθηκε το πρόγραμμα"


HOLDING_STATES = (ApplicationState.PLACED, ApplicationState.ENROLLED, ApplicationState.ATTENDED)


class OwedState(models.TextChoices):
    """Where a person stands towards a compulsory training (υπόχρεοι)."""

    NOTHING = "nothing", "Χωρίς αίτηση"
    APPLIED = "applied", "Με αίτηση"
    PLACED = "placed", "Με θέση"
    DONE = "done", "Ολοκλήρωσε"


class DrawState(models.TextChoices):
    COMMITTED = "committed", "Δέσμευση"
    FROZEN = "frozen", "Πάγωμα"
    BEACON_ENTERED = "beacon_entered", "Πρώτη καταχώριση τύχης"
    COMPUTING = "computing", "Υπολογίζεται"
    PUBLISHED = "published", "Δημοσιεύθηκε"


class EntryState(models.TextChoices):
    WAITING = "waiting", "Σε αναμονή"
    OFFERED = "offered", "Προσφορά θέσης"
    ACCEPTED = "accepted", "Αποδοχή"
    DECLINED = "declined", "Άρνηση"
    EXPIRED = "expired", "Έληξε"
    MOOT = "moot", "Χωρίς αντικείμενο"


class ChangeKind(models.TextChoices):
    """Public changes after the draw (δημόσιες μεταβολές), listed by number (SPEC-draw §1.5)."""

    WITHDRAWAL = "withdrawal", "Αποχώρηση"
    DECLINE = "decline", "Μη αποδοχή θέσης"
    LAPSE = "lapse", "Μη επιβεβαίωση"
    OFFER_MADE = "offer_made", "Προσφορά θέσης"
    OFFER_ENDED = "offer_ended", "Προσφορά χωρίς αποδοχή"
    OFFER_ACCEPTED = "offer_accepted", "Αποδοχή προσφοράς"
    PHASE_B_PLACE = "phase_b_place", "Θέση στη Β΄ φάση"
    PHASE_B_MOVE = "phase_b_move", "Μετακίνηση στη Β΄ φάση"
    MANUAL_MOVE = "manual_move", "Μετακίνηση με απόφαση"
    EXCEPTION = "exception", "Λειτουργία κατ' εξαίρεση"
    MERGE = "merge", "Συγχώνευση"
    CANCELLATION = "cancellation", "Ματαίωση προγράμματος"


class MoveReason(models.TextChoices):
    """Codes of reason of a manual move (κωδικοί αιτιολογίας), the only part that is published."""

    SERVICE = "service", "Αλλαγή υπηρέτησης"
    TIMETABLE = "timetable", "Αλλαγή ωρολογίου προγράμματος"
    CORRECTION = "correction", "Διόρθωση σφάλματος"
    OBJECTION = "objection", "Αποδοχή ένστασης"
    OTHER = "other", "Άλλος λόγος, τεκμηριωμένος στον φάκελο"


class LogOutcome(models.TextChoices):
    PLACED = "placed", "Θέση"
    MOVED = "moved", "Μετακίνηση"
    FULL = "full", "Χωρίς κενή θέση"
    REFUSED = "refused", "Δεν επιτρέπεται"


class MergePlanState(models.TextChoices):
    """States of a plan of merges (κατάσταση σχεδίου συγχωνεύσεων)."""

    COMPUTING = "computing", "Υπολογίζεται"
    READY = "ready", "Προς απόφαση"
    PUBLISHED = "published", "Δημοσιεύτηκε"
    DISCARDED = "discarded", "Απορρίφθηκε"


class Verdict(models.TextChoices):
    """What the plan proposes for a programme that fills (πρόταση σχεδίου)."""

    RUNS = "runs", "Λειτουργεί"
    MERGES = "merges", "Συγχωνεύεται"
    CLOSES = "closes", "Κλείνει"


class LineDecision(models.TextChoices):
    """What the officer says of a line (απόφαση)."""

    OPEN = "", "Εκκρεμεί"
    ACCEPTED = "accepted", "Εγκρίθηκε"
    REFUSED = "refused", "Απορρίφθηκε"
