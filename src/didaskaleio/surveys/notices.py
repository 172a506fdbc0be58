"""Notices of room surveys: they say what waits, never who has answered."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

INVITED = declare(Kind("surveys.invited", "Πρόσκληση σε ερωτηματολόγιο"))
REMINDED = declare(Kind("surveys.reminded", "Υπενθύμιση ερωτηματολογίου"))
RECEIVED = declare(Kind("surveys.received", "Παραλαβή διαβίβασης από το Υπουργείο", optional=False))
SENT = declare(Kind("surveys.sent", "Νέα διαβίβαση αποτελεσμάτων", optional=False))
