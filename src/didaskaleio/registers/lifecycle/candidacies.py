"""Life cycle of a candidacy (κύκλος υποψηφιότητας); each guard reads its call; 000 §4 I.b."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.registers import rules
from didaskaleio.registers.enums import CallState as S
from didaskaleio.registers.enums import CandidacyState as C
from didaskaleio.registers.lifecycle.assessments import why_not_now
from didaskaleio.registers.lifecycle.objections import why_not_heard


def _received(candidacy: Any, at: datetime) -> str | None:
    return rules.why_closed(candidacy.call, at)


def _standing(candidacy: Any, _at: datetime) -> str | None:
    if candidacy.call.state == S.REVOKED:
        return "Η πρόσκληση ανακλήθηκε και δεν χρειάζεται να αποσύρετε την υποψηφιότητα."
    return None


def _over(candidacy: Any, _at: datetime) -> str | None:
    if candidacy.call.state != S.EXPIRED:
        return "Ο έλεγχος γίνεται αφού λήξει η προθεσμία της πρόσκλησης."
    return None


def _assessing(candidacy: Any, _at: datetime) -> str | None:
    return why_not_now(candidacy.call)


def _in_time(candidacy: Any, at: datetime) -> str | None:
    if candidacy.complete_by and at > candidacy.complete_by:
        return f"Η προθεσμία συμπλήρωσης έληξε: {rules.said(candidacy.complete_by)}."
    return _standing(candidacy, at)


def _heard(candidacy: Any, _at: datetime) -> str | None:
    return why_not_heard(candidacy.call)


OWN, CHECK = "candidacy.write", "candidacy.check"
CANDIDACY = lifecycle(
    "candidacy",
    "Υποψηφιότητα",
    C,
    step(
        "submit",
        C.DRAFT,
        C.SUBMITTED,
        needs=OWN,
        label="Υποβολή",
        done="Υποβλήθηκε",
        guard=_received,
        button=False,
    ),
    step(
        "resubmit",
        C.SUBMITTED,
        C.SUBMITTED,
        needs=OWN,
        label="Υποβολή νέας έκδοσης",
        done="Υποβλήθηκε νέα έκδοση",
        guard=_received,
        button=False,
    ),
    step(
        "withdraw",
        (C.DRAFT, C.SUBMITTED, C.RETURNED, C.COMPLETE),
        C.WITHDRAWN,
        needs=OWN,
        label="Απόσυρση",
        done="Αποσύρθηκε",
        guard=_standing,
        danger=True,
    ),
    step(
        "resume",
        C.WITHDRAWN,
        C.DRAFT,
        needs=OWN,
        label="Συνέχιση της υποψηφιότητας",
        done="Συνεχίστηκε",
        guard=_received,
    ),
    step(
        "accept",
        C.SUBMITTED,
        C.COMPLETE,
        needs=CHECK,
        label="Πλήρης φάκελος",
        done="Κρίθηκε πλήρης",
        guard=_over,
    ),
    step(
        "ask_completion",
        C.SUBMITTED,
        C.RETURNED,
        needs=CHECK,
        label="Επιστροφή για συμπλήρωση",
        done="Επιστράφηκε για συμπλήρωση",
        reason=True,
        guard=_over,
        button=False,
    ),
    step(
        "complete",
        C.RETURNED,
        C.SUBMITTED,
        needs=OWN,
        label="Συμπλήρωση",
        done="Συμπληρώθηκε",
        guard=_in_time,
        button=False,
    ),
    step(
        "completion_expired",
        C.RETURNED,
        C.REJECTED,
        needs="candidacy.settle",
        label="Λήξη προθεσμίας συμπλήρωσης",
        done="Έληξε η προθεσμία συμπλήρωσης",
        due="complete_by",
        button=False,
    ),
    step(
        "reject",
        C.SUBMITTED,
        C.REJECTED,
        needs=CHECK,
        label="Απόρριψη",
        done="Δεν έγινε δεκτή",
        reason=True,
        danger=True,
        guard=_over,
    ),
    step(
        "take_back",
        (C.COMPLETE, C.REJECTED),
        C.SUBMITTED,
        needs=CHECK,
        label="Νέος έλεγχος",
        done="Ελέγχεται ξανά",
        reason=True,
        guard=_over,
    ),
    step(
        "readmit",
        C.REJECTED,
        C.ASSESSED,
        needs="candidacy.hear",
        label="Επαναφορά μετά από ένσταση",
        done="Επανήλθε στην κατάταξη",
        reason=True,
        guard=_heard,
        button=False,
    ),
    step(
        "exclude",
        C.ASSESSED,
        C.REJECTED,
        needs="candidacy.hear",
        label="Αποκλεισμός μετά από ένσταση",
        done="Βγήκε από την κατάταξη",
        reason=True,
        guard=_heard,
        button=False,
    ),
    step(
        "assess",
        C.COMPLETE,
        C.ASSESSED,
        needs="candidacy.assess",
        label="Ολοκλήρωση αξιολόγησης",
        done="Αξιολογήθηκε",
        guard=_assessing,
        button=False,
    ),
    kinds={
        C.DRAFT: "wait",
        C.SUBMITTED: "info",
        C.RETURNED: "wait",
        C.COMPLETE: "good",
        C.ASSESSED: "good",
        C.REJECTED: "bad",
    },
)
