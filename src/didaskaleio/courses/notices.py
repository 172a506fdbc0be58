"""Notices of room courses: what each must do next."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

SUBMITTED = declare(Kind("courses.submitted", "Αντικείμενο προς έγκριση"))
NO_APPROVER = declare(Kind("courses.no_approver", "Λείπει υπεύθυνος έγκρισης", optional=False))
RETURNED = declare(Kind("courses.returned", "Επιστροφή με παρατηρήσεις"))
APPROVED = declare(Kind("courses.approved", "Έγκριση αντικειμένου"))
FOUND = declare(Kind("courses.found", "Εύρημα αξιολόγησης"))
ASSIGNED = declare(Kind("courses.assigned", "Ανάθεση συνιστώσας"))
REMINDED = declare(Kind("courses.work_reminder", "Λήγει η προθεσμία ανάθεσης"))
FINISHED = declare(Kind("courses.work_finished", "Ολοκληρώθηκε ανάθεση"))
TAKEN_BACK = declare(Kind("courses.work_taken_back", "Ανακλήθηκε ανάθεση"))

TO_APPROVE = (
    "Η {version} του αντικειμένου «{course}» υποβλήθηκε. Διαβάστε την και εγκρίνετέ την ή "
    "επιστρέψτε την με παρατηρήσεις."
)
NAME_AN_APPROVER = (
    "Το αντικείμενο «{course}» υποβλήθηκε, αλλά κανένα πρόσωπο δεν μπορεί να το εγκρίνει. "
    "Ορίστε στην ομάδα του πρόσωπο που δεν έγραψε σε αυτό."
)
TO_CORRECT = (
    "Η {version} του αντικειμένου «{course}» επιστράφηκε.\nΠαρατηρήσεις: {remarks}\n"
    "Διορθώστε και υποβάλετε ξανά."
)
TO_AUTHORS = (
    "Η {version} του αντικειμένου «{course}» εγκρίθηκε και κλείδωσε. Για αλλαγές, όταν "
    "διατεθεί σε δράσεις, ξεκινήστε αναθεώρηση από τη σελίδα του."
)
TO_OFFER = (
    "Η {version} του αντικειμένου «{course}» εγκρίθηκε. Διαθέστε το σε δράσεις από τη σελίδα του."
)
TO_CONTRIBUTE = (
    "Σας ανατέθηκε η συνιστώσα «{part}» του αντικειμένου «{course}», έως {due}.\n{task}\n"
    "Όταν τελειώσετε, πατήστε «Ολοκληρώθηκε» στη σελίδα του αντικειμένου."
)
TO_CONTRIBUTE_AGAIN = (
    "Η ανάθεση «{part}» του αντικειμένου «{course}» έχει νέα προθεσμία: {due}. {reason}"
)
TO_COORDINATOR = (
    "{person}: ολοκληρώθηκε η ανάθεση «{part}» του αντικειμένου «{course}». Διαβάστε τη συνιστώσα· "
    "αν χρειάζεται συνέχεια, δώστε νέα προθεσμία."
)
SOON = (
    "Η ανάθεση «{part}» του αντικειμένου «{course}» λήγει {due}. Ολοκληρώστε την ή ζητήστε νέα "
    "προθεσμία από τη συντακτική ομάδα."
)
NO_MORE = (
    "Η ανάθεση «{part}» του αντικειμένου «{course}» ανακλήθηκε. Αιτιολογία: {reason}\n"
    "Όσα γράψατε μένουν στην έκδοση."
)
TO_EXAMINE = (
    "Εύρημα για το αντικείμενο «{course}», {version} ({source}):\n{text}\n"
    "Αναλάβετέ το στην επόμενη αναθεώρηση."
)
