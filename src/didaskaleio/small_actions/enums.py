"""Closed lists of room small_actions: kinds, states of an action, states of a seat."""

from __future__ import annotations

from django.db import models


class SmallActionKind(models.TextChoices):
    """Kinds of small action (είδη μικρής δράσης; 000 §1 δ, 002)."""

    DAY = "day", "Ημερίδα"
    WORKSHOP = "workshop", "Βιωματικό εργαστήριο"
    SAMPLE = "sample", "Δειγματική διδασκαλία"


class SmallActionState(models.TextChoices):
    """States of a small action (καταστάσεις μικρής δράσης)."""

    DRAFT = "draft", "Πρόχειρη"
    SUBMITTED = "submitted", "Προς έγκριση"
    RETURNED = "returned", "Επιστράφηκε"
    OPEN = "open", "Δέχεται εγγραφές"
    RUNNING = "running", "Γίνεται, περιμένει παρουσίες"
    COMPLETED = "completed", "Ολοκληρώθηκε"
    CANCELLED = "cancelled", "Ματαιώθηκε"


class SeatState(models.TextChoices):
    """States of a seat (καταστάσεις εγγραφής σε μικρή δράση)."""

    WAITING = "waiting", "Σε αναμονή"
    REGISTERED = "registered", "Έχει θέση"
    ATTENDED = "attended", "Παρακολούθησε"
    ABSENT = "absent", "Απουσίασε"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"
    UNPLACED = "unplaced", "Έμεινε χωρίς θέση"
    CALLED_OFF = "called_off", "Η δράση ματαιώθηκε"


WRITTEN = (SmallActionState.DRAFT, SmallActionState.RETURNED)
PUBLISHED = (
    SmallActionState.OPEN,
    SmallActionState.RUNNING,
    SmallActionState.COMPLETED,
    SmallActionState.CANCELLED,
)
# seats that take one of the places
TAKING = (SeatState.REGISTERED, SeatState.ATTENDED, SeatState.ABSENT)
# seats of somebody who wants, or wanted, to be there: one for each person
STANDING = (SeatState.WAITING, *TAKING)
