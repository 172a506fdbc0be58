"""Notices of room registers: announced acts on a call, receipts of candidacies."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

CENTRE = declare(Kind("registers.centre", "Η έγκριση και οι αίθουσες του Κ.Σ.Ε.", optional=False))
MEMBERSHIP = declare(Kind("registers.membership", "Η εγγραφή μου σε μητρώο", optional=False))
ANNOUNCED = declare(Kind("registers.announced", "Πράξη σε πρόσκληση", optional=False))
SUBMITTED = declare(Kind("registers.submitted", "Απόδειξη υποβολής υποψηφιότητας", optional=False))
WITHDRAWN = declare(Kind("registers.withdrawn", "Απόσυρση υποψηφιότητας", optional=False))
REMINDER = declare(Kind("registers.reminder", "Υπενθύμιση προθεσμίας υποψηφιότητας"))
RETURNED = declare(Kind("registers.returned", "Υποψηφιότητα για συμπλήρωση", optional=False))
RANKED = declare(Kind("registers.ranked", "Η υποψηφιότητά μου σε πίνακα", optional=False))
REJECTED = declare(Kind("registers.rejected", "Υποψηφιότητα που δεν έγινε δεκτή", optional=False))
CALLS = declare(Kind("registers.calls", "Προσκλήσεις που σας αφορούν"))
OBJECTION = declare(Kind("registers.objection", "Η ένστασή μου", optional=False))
ASSIGNED = declare(Kind("registers.assigned", "Υποψηφιότητες για αξιολόγηση", optional=False))
RECONCILE = declare(Kind("registers.reconcile", "Διαφωνία αξιολογητών", optional=False))
LATE = declare(Kind("registers.assess_soon", "Υπενθύμιση προθεσμίας αξιολόγησης"))
OFFER = declare(Kind("registers.offer", "Η προσφορά μας σε διαγωνισμό", optional=False))
