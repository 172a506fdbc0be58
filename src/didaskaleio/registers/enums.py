"""Closed lists of room registers: states of a call and of a candidacy, kinds of announced acts."""

from __future__ import annotations

from django.db import models


class CentreStanding(models.TextChoices):
    """How the approval of a training centre stands on a day (κατάσταση έγκρισης Κ.Σ.Ε.)."""

    PENDING = "pending", "Χωρίς έγκριση"
    APPROVED = "approved", "Εγκεκριμένο"
    ENDING = "ending", "Λήγει σύντομα"
    ENDED = "ended", "Έληξε η έγκριση"


class CentreActKind(models.TextChoices):
    """Acts on the approval of a training centre (πράξεις έγκρισης Κ.Σ.Ε.)."""

    GRANT = "grant", "Έγκριση"
    RENEWAL = "renewal", "Ανανέωση"
    WITHDRAWAL = "withdrawal", "Ανάκληση"


class VisitOutcome(models.TextChoices):
    """What a visit to a training centre found (πόρισμα επίσκεψης)."""

    FIT = "fit", "Κατάλληλο"
    REMARKS = "remarks", "Κατάλληλο με παρατηρήσεις"
    UNFIT = "unfit", "Ακατάλληλο"


class RoomAct(models.TextChoices):
    """What a centre asks for a room (μεταβολή αίθουσας)."""

    ADD = "add", "Νέα αίθουσα"
    CHANGE = "change", "Αλλαγή στοιχείων"
    CLOSE = "close", "Παύση χρήσης"


class TenderState(models.TextChoices):
    """States of a tender (καταστάσεις διαγωνισμού)."""

    DRAFT = "draft", "Πρόχειρος"
    PUBLISHED = "published", "Δέχεται προσφορές"
    CLOSED = "closed", "Έληξε η προθεσμία"
    OPENED = "opened", "Αποσφραγίστηκαν"
    AWARDED = "awarded", "Κατακυρώθηκε"
    CONTRACTED = "contracted", "Υπογράφηκε σύμβαση"
    CANCELLED = "cancelled", "Ματαιώθηκε"


class TenderActKind(models.TextChoices):
    """Announced acts of a tender (πράξεις διαγωνισμού)."""

    PUBLICATION = "publication", "Διακήρυξη"
    OPENING = "opening", "Πρακτικό αποσφράγισης"
    AWARD = "award", "Απόφαση κατακύρωσης"
    OBJECTION = "objection", "Ένσταση"
    RECALL = "recall", "Ανάκληση κατακύρωσης"
    CONTRACT = "contract", "Σύμβαση"
    CANCELLATION = "cancellation", "Ματαίωση"


class AwardRule(models.TextChoices):
    """How an offer is chosen (κριτήριο ανάθεσης)."""

    LOWEST = "lowest", "Χαμηλότερη τιμή"
    BEST = "best", "Βέλτιστη σχέση ποιότητας και τιμής"


class OfferState(models.TextChoices):
    """States of an offer (καταστάσεις προσφοράς)."""

    DRAFT = "draft", "Πρόχειρη"
    SUBMITTED = "submitted", "Υποβλήθηκε"
    EXCLUDED = "excluded", "Αποκλείστηκε"
    WON = "won", "Ανάδοχος"
    LOST = "lost", "Δεν επιλέχθηκε"


class MemberState(models.TextChoices):
    """States of a membership (καταστάσεις μέλους μητρώου)."""

    ACTIVE = "active", "Ενεργό μέλος"
    EXPIRING = "expiring", "Λήγει σύντομα"
    EXPIRED = "expired", "Έληξε"
    SUSPENDED = "suspended", "Σε αναστολή"
    REMOVED = "removed", "Διαγράφηκε"


class BatchState(models.TextChoices):
    """States of an import of members (καταστάσεις εισαγωγής μελών)."""

    UPLOADED = "uploaded", "Παραλήφθηκε"
    COMPARED = "compared", "Σε προεπισκόπηση"
    APPLIED = "applied", "Εφαρμόστηκε"
    UNDONE = "undone", "Αναιρέθηκε"
    DISCARDED = "discarded", "Απορρίφθηκε"


class LineKind(models.TextChoices):
    """What becomes of a line of a sheet (είδος γραμμής)."""

    UNREAD = "unread", "Δεν έχει ελεγχθεί"
    NEW = "new", "Νέο μέλος"
    PRESENT = "present", "Ήδη μέλος"
    REFUSED = "refused", "Με λάθος"


class ProposalState(models.TextChoices):
    """States of a proposed change (καταστάσεις πρότασης μεταβολής)."""

    OPEN = "open", "Εκκρεμεί"
    ACCEPTED = "accepted", "Έγινε δεκτή"
    DECLINED = "declined", "Δεν έγινε δεκτή"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"


class Procedure(models.TextChoices):
    """How a member changes a field of a register (διαδικασία μεταβολής)."""

    FREE = "free", "Ελεύθερα"
    PROOF = "proof", "Με δικαιολογητικό"
    APPROVAL = "approval", "Με έγκριση"
    BODY = "body", "Μόνο από τον φορέα"


class CallState(models.TextChoices):
    """States of a call (καταστάσεις πρόσκλησης)."""

    DRAFT = "draft", "Πρόχειρη"
    PUBLISHED = "published", "Δημοσιευμένη"
    EXPIRED = "expired", "Έληξε η προθεσμία"
    ASSESSING = "assessing", "Σε αξιολόγηση"
    PROVISIONAL = "provisional", "Προσωρινός πίνακας"
    FINAL = "final", "Οριστικός πίνακας"
    CLOSED = "closed", "Ολοκληρώθηκε"
    REVOKED = "revoked", "Ανακλήθηκε"
    DISCARDED = "discarded", "Δεν προχώρησε"


class Fills(models.TextChoices):
    """What a call fills (τι πληρώνει η πρόσκληση)."""

    REGISTER = "register", "Μητρώο"
    SUBREGISTER = "subregister", "Υπομητρώο"
    POSTS = "posts", "Θέσεις"


class CallActKind(models.TextChoices):
    """Announced acts on a call (ανακοινωμένες πράξεις)."""

    PUBLICATION = "publication", "Δημοσίευση"
    AMENDMENT = "amendment", "Τροποποίηση"
    EXTENSION = "extension", "Παράταση"
    REVOCATION = "revocation", "Ανάκληση"
    PROVISIONAL = "provisional", "Προσωρινός πίνακας"
    FINAL = "final", "Οριστικός πίνακας"


class CandidacyState(models.TextChoices):
    """States of a candidacy (καταστάσεις υποψηφιότητας)."""

    DRAFT = "draft", "Πρόχειρη"
    SUBMITTED = "submitted", "Υποβλήθηκε"
    RETURNED = "returned", "Για συμπλήρωση"
    COMPLETE = "complete", "Πλήρης"
    ASSESSED = "assessed", "Αξιολογήθηκε"
    REJECTED = "rejected", "Δεν έγινε δεκτή"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"


class AssessmentState(models.TextChoices):
    """States of the assessment of a candidacy by one person (καταστάσεις αξιολόγησης)."""

    ASSIGNED = "assigned", "Ανατέθηκε"
    SUBMITTED = "submitted", "Υποβλήθηκε"
    RELEASED = "released", "Ανακλήθηκε η ανάθεση"


class ReconciliationState(models.TextChoices):
    """States of a reconciliation (καταστάσεις συμφωνίας αξιολογητών)."""

    OPEN = "open", "Διαφωνία"
    PROPOSED = "proposed", "Υπάρχει πρόταση"
    SETTLED = "settled", "Συμφωνία"


class ConflictKind(models.TextChoices):
    """How a conflict of interest became known (πώς έγινε γνωστή μια σύγκρουση συμφερόντων)."""

    DECLARED = "declared", "Δηλώθηκε"
    REGISTERED = "registered", "Καταχωρίστηκε από τον φορέα"


RECEIVED = (
    CandidacyState.SUBMITTED,
    CandidacyState.RETURNED,
    CandidacyState.COMPLETE,
    CandidacyState.ASSESSED,
    CandidacyState.REJECTED,
)

# the deadline has passed: the body reads what it received
PASSED = (
    CallState.EXPIRED,
    CallState.ASSESSING,
    CallState.PROVISIONAL,
    CallState.FINAL,
    CallState.CLOSED,
)


class ListStage(models.TextChoices):
    """Stages of a published list (στάδια πίνακα κατάταξης)."""

    PROVISIONAL = "provisional", "Προσωρινός πίνακας"
    FINAL = "final", "Οριστικός πίνακας"


class Ground(models.TextChoices):
    """Why a candidacy is out of the order (λόγοι αποκλεισμού), as every call announces them."""

    INCOMPLETE = "incomplete", "Δεν συμπληρώθηκαν εμπρόθεσμα τα δικαιολογητικά"
    TERMS = "terms", "Δεν πληρούνται οι όροι της πρόσκλησης"


class ObjectionState(models.TextChoices):
    """States of an objection (καταστάσεις ένστασης)."""

    SUBMITTED = "submitted", "Υποβλήθηκε"
    WITHDRAWN = "withdrawn", "Αποσύρθηκε"
    DECIDED = "decided", "Κρίθηκε"


class Effect(models.TextChoices):
    """What a decision on an objection changed (αποτέλεσμα ένστασης), as the final list says it."""

    RAISED = "raised", "Ένσταση: περισσότερα μόρια"
    LOWERED = "lowered", "Ένσταση: λιγότερα μόρια"
    ADMITTED = "admitted", "Ένσταση: μπήκε στην κατάταξη"
    EXCLUDED = "excluded", "Ένσταση: βγήκε από την κατάταξη"
    NONE = "none", "Ένσταση χωρίς μεταβολή"


# an assessment that counts: under way, or done
LIVE = (AssessmentState.ASSIGNED, AssessmentState.SUBMITTED)
