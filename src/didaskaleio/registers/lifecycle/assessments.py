"""Life cycles of assessment (κύκλοι ζωής αξιολόγησης): one person's judgement, a reconciliation.

Each guard reads the rows that hang on the call or the candidacy; 000 §4 I.b, R-018.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from didaskaleio.kernel import greek
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.registers.enums import (
    LIVE,
    AssessmentState,
    CallState,
    CandidacyState,
    ReconciliationState,
)

A, R = AssessmentState, ReconciliationState
OWN, SETTLE = "assessment.judge", "reconciliation.settle"


def why_not_ready(call: Any, _at: datetime) -> str | None:
    """Why the assessment of a call cannot begin, and what to do; None when it can."""
    unchecked = call.candidacies.filter(
        state__in=[CandidacyState.SUBMITTED, CandidacyState.RETURNED]
    ).count()
    if unchecked:
        many = greek.count(unchecked, "υποψηφιότητας", "υποψηφιοτήτων")
        return f"Εκκρεμεί ο έλεγχος πληρότητας {many}. Ολοκληρώστε τον πρώτα."
    plan = getattr(call, "assessment_plan", None)
    if plan is None:
        return "Ορίστε πρώτα πόσα πρόσωπα αξιολογούν κάθε υποψηφιότητα και ως πότε."
    bare = uncovered(call.candidacies, plan.each).count()
    if bare:
        many = greek.count(bare, "πλήρης υποψηφιότητα δεν έχει", "πλήρεις υποψηφιότητες δεν έχουν")
        return f"{many} όσα πρόσωπα χρειάζονται. Αναθέστε τις με την πρόταση ή μία μία."
    return None


def uncovered(candidacies: Any, each: int) -> Any:
    """The complete candidacies that lack assessors."""
    live = Count("assessments", filter=Q(assessments__state__in=LIVE))
    rows = candidacies.filter(state=CandidacyState.COMPLETE).annotate(assessors=live)
    return rows.filter(assessors__lt=each)


def why_not_now(call: Any) -> str | None:
    """Why nothing of a call is assessed now; None while it is."""
    if call.state == CallState.ASSESSING:
        return None
    if call.state == CallState.EXPIRED:
        return "Η αξιολόγηση δεν άρχισε ακόμη. Θα ειδοποιηθείτε με την έναρξή της."
    return "Η αξιολόγηση της πρόσκλησης δεν είναι ανοιχτή και τίποτε δεν αλλάζει πια."


def _open(row: Any, _at: datetime) -> str | None:
    if why := why_not_now(row.call):
        return why
    if row.candidacy.state == CandidacyState.WITHDRAWN:
        return "Η υποψηφιότητα αποσύρθηκε και δεν χρειάζεται αξιολόγηση."
    return None


def _undecided(assessment: Any, _at: datetime) -> str | None:
    candidacy = assessment.candidacy
    if candidacy.state == CandidacyState.ASSESSED or hasattr(candidacy, "reconciliation"):
        return "Η υποψηφιότητα έχει ήδη κριθεί ή βρίσκεται σε συμφωνία και η ανάθεση μένει."
    return None


ASSESSMENT = lifecycle(
    "assessment",
    "Αξιολόγηση",
    A,
    step(
        "submit",
        A.ASSIGNED,
        A.SUBMITTED,
        needs=OWN,
        label="Υποβολή αξιολόγησης",
        done="Υποβλήθηκε η αξιολόγηση",
        guard=_open,
        button=False,
    ),
    step(
        "recuse",
        A.ASSIGNED,
        A.RELEASED,
        needs=OWN,
        label="Δήλωση σύγκρουσης συμφερόντων",
        done="Δηλώθηκε σύγκρουση συμφερόντων",
        reason=True,
        guard=_open,
        button=False,
    ),
    step(
        "release",
        (A.ASSIGNED, A.SUBMITTED),
        A.RELEASED,
        needs="assessment.release",
        label="Ανάκληση ανάθεσης",
        done="Ανακλήθηκε η ανάθεση",
        reason=True,
        guard=_undecided,
        button=False,
    ),
    kinds={A.ASSIGNED: "wait", A.SUBMITTED: "good"},
)


def _between_them(row: Any, at: datetime) -> str | None:
    if row.arbiter_id is not None:
        return "Αποφασίζει το τρίτο πρόσωπο που όρισε ο φορέας."
    return _open(row, at)


RECONCILIATION = lifecycle(
    "reconciliation",
    "Συμφωνία αξιολογητών",
    R,
    step(
        "propose",
        (R.OPEN, R.PROPOSED),
        R.PROPOSED,
        needs=SETTLE,
        label="Πρόταση συμφωνίας",
        done="Προτάθηκε συμφωνία",
        guard=_between_them,
        button=False,
    ),
    step(
        "agree",
        R.PROPOSED,
        R.SETTLED,
        needs=SETTLE,
        label="Συμφωνώ",
        done="Συμφώνησαν",
        guard=_between_them,
        button=False,
    ),
    step(
        "settle",
        (R.OPEN, R.PROPOSED),
        R.SETTLED,
        needs="reconciliation.arbitrate",
        label="Απόφαση",
        done="Αποφάσισε το τρίτο πρόσωπο",
        guard=_open,
        button=False,
    ),
    kinds={R.OPEN: "wait", R.PROPOSED: "info", R.SETTLED: "good"},
)
