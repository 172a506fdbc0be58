"""Notices (ειδοποιήσεις) of room enrolment, first half: submission, freeze, draw."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

SUBMITTED = declare(Kind("enrolment.submitted", "Απόδειξη υποβολής αίτησης", optional=False))
WITHDRAWN = declare(Kind("enrolment.withdrawn", "Απόσυρση αίτησης", optional=False))
FROZEN = declare(Kind("enrolment.frozen", "Πάγωμα της λίστας αιτήσεων"))
INELIGIBLE = declare(Kind("enrolment.ineligible", "Αίτηση εκτός κλήρωσης", optional=False))
EXTENDED = declare(Kind("enrolment.extended", "Παράταση ή επαναλειτουργία υποβολής"))
DRAWN = declare(Kind("enrolment.drawn", "Αποτέλεσμα κλήρωσης", optional=False))
PLACED = declare(Kind("enrolment.placed", "Θέση στη Β΄ φάση", optional=False))
OFFER = declare(Kind("enrolment.offer", "Προσφορά θέσης", optional=False))
OFFER_REMINDER = declare(Kind("enrolment.offer_reminder", "Υπενθύμιση προσφοράς θέσης"))
OFFER_EXPIRED = declare(Kind("enrolment.offer_expired", "Λήξη προσφοράς θέσης"))
VIABLE = declare(Kind("enrolment.viable", "Το πρόγραμμα συμπληρώθηκε"))
CANCELLED = declare(Kind("enrolment.cancelled", "Ματαίωση προγράμματος", optional=False))
MERGE = declare(Kind("enrolment.merge", "Πρόταση συγχώνευσης προγραμμάτων", optional=False))
MERGED = declare(Kind("enrolment.merged", "Μετακίνηση με συγχώνευση", optional=False))
ENROLMENT_OPEN = declare(
    Kind("enrolment.enrolment_open", "Εγγραφή: επιβεβαίωση θέσης", optional=False)
)
PHASE_B_OPEN = declare(Kind("enrolment.phase_b_open", "Άνοιγμα Β΄ φάσης"))
OWED = declare(Kind("enrolment.owed", "Οφειλόμενη επιμόρφωση", optional=False))
LAPSED = declare(Kind("enrolment.lapsed", "Δεν επιβεβαιώθηκε η θέση", optional=False))
MOVED = declare(Kind("enrolment.moved", "Μετακίνηση με απόφαση", optional=False))

PLACE_TAKEN = "Πήρατε θέση στη Β΄ φάση"
PLACE_TAKEN_TEXT = "Πρόγραμμα {programme}. Ο αριθμός σας είναι {number}."
