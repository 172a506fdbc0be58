"""Life cycle of a call (κύκλος πρόσκλησης): from the draft to its entries; 000 §1, §4 I.b."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.registers import rules
from didaskaleio.registers.enums import CallState as S
from didaskaleio.registers.enums import CandidacyState as C
from didaskaleio.registers.lifecycle.assessments import why_not_ready
from didaskaleio.registers.lifecycle.objections import why_not_final

MAY = "call.manage"
UNJUDGED = (C.SUBMITTED, C.RETURNED, C.COMPLETE)


def _complete(call: Any, at: datetime) -> str | None:
    found = rules.gaps(call, at)
    return " ".join(found) if found else None


def _running(call: Any, at: datetime) -> str | None:
    if call.closes_at and at > call.closes_at:
        return "Η προθεσμία έληξε. Μετά τη λήξη η πρόσκληση μόνο ανακαλείται."
    return None


def _judged(call: Any, _at: datetime) -> str | None:
    waiting = call.candidacies.filter(state__in=UNJUDGED).count()
    if waiting:
        many = greek.count(waiting, "υποψηφιότητα περιμένει", "υποψηφιότητες περιμένουν")
        return f"{many} ακόμη απόφαση. Ολοκληρώστε πρώτα έλεγχο και αξιολόγηση."
    return None


CALL = lifecycle(
    "call",
    "Πρόσκληση",
    S,
    step(
        "publish",
        S.DRAFT,
        S.PUBLISHED,
        needs=MAY,
        label="Δημοσίευση",
        done="Δημοσιεύτηκε",
        guard=_complete,
    ),
    step(
        "amend",
        S.PUBLISHED,
        S.PUBLISHED,
        needs=MAY,
        label="Τροποποίηση",
        done="Τροποποιήθηκε",
        reason=True,
        guard=_running,
        button=False,
    ),
    step(
        "extend",
        S.PUBLISHED,
        S.PUBLISHED,
        needs=MAY,
        label="Παράταση",
        done="Δόθηκε παράταση",
        reason=True,
        guard=_running,
        button=False,
    ),
    step(
        "expire",
        S.PUBLISHED,
        S.EXPIRED,
        needs="call.settle",
        label="Λήξη προθεσμίας",
        done="Έληξε η προθεσμία",
        due="closes_at",
        button=False,
    ),
    step(
        "start_assessment",
        S.EXPIRED,
        S.ASSESSING,
        needs=MAY,
        label="Έναρξη αξιολόγησης",
        done="Άρχισε η αξιολόγηση",
        guard=why_not_ready,
    ),
    step(
        "publish_provisional",
        S.ASSESSING,
        S.PROVISIONAL,
        needs=MAY,
        label="Δημοσίευση προσωρινού πίνακα",
        done="Δημοσιεύτηκε ο προσωρινός πίνακας",
        guard=_judged,
        button=False,
    ),
    step(
        "publish_final",
        S.PROVISIONAL,
        S.FINAL,
        needs=MAY,
        label="Δημοσίευση οριστικού πίνακα",
        done="Δημοσιεύτηκε ο οριστικός πίνακας",
        guard=why_not_final,
        button=False,
    ),
    step(
        "close",
        S.FINAL,
        S.CLOSED,
        needs=MAY,
        label="Ένταξη στο μητρώο και ολοκλήρωση",
        done="Ολοκληρώθηκε",
        button=False,
    ),
    step(
        "revoke",
        (S.PUBLISHED, S.EXPIRED),
        S.REVOKED,
        needs=MAY,
        label="Ανάκληση",
        done="Ανακλήθηκε",
        reason=True,
        danger=True,
    ),
    step(
        "discard",
        S.DRAFT,
        S.DISCARDED,
        needs=MAY,
        label="Απόρριψη προχείρου",
        done="Δεν προχώρησε",
        danger=True,
    ),
    kinds={
        S.DRAFT: "wait",
        S.PUBLISHED: "good",
        S.EXPIRED: "move",
        S.ASSESSING: "move",
        S.PROVISIONAL: "info",
        S.FINAL: "good",
        S.CLOSED: "good",
        S.REVOKED: "bad",
    },
)
