"""Life cycle of a task of coordination (εργασία συντονισμού)."""

from __future__ import annotations

from didaskaleio.delivery.enums import GivenTaskState as S
from didaskaleio.kernel import expiry
from didaskaleio.kernel.lifecycle import lifecycle, step

OPEN_TASKS = (S.GIVEN, S.REMINDED, S.OVERDUE, S.RETURNED)

GIVEN_TASK = lifecycle(
    "given_task",
    "Εργασία συντονισμού",
    S,
    step(
        "answer",
        OPEN_TASKS,
        S.ANSWERED,
        needs="given_task.answer",
        label="Απάντηση",
        done="Δόθηκε απάντηση",
        button=False,
    ),
    step(
        "give_back",
        S.ANSWERED,
        S.RETURNED,
        needs="given_task.manage",
        label="Ζητώ συμπλήρωση",
        done="Ζητήθηκε συμπλήρωση",
        reason=True,
    ),
    step(
        "settle",
        S.ANSWERED,
        S.CLOSED,
        needs="given_task.manage",
        label="Κλείσιμο",
        done="Η εργασία έκλεισε",
    ),
    step(
        "revoke",
        OPEN_TASKS,
        S.REVOKED,
        needs="given_task.manage",
        label="Ανάκληση",
        done="Η εργασία ανακλήθηκε",
        reason=True,
        danger=True,
    ),
    expiry.remind(
        S.GIVEN, S.REMINDED, needs="given_task.remind", label="Υπενθύμιση της προθεσμίας"
    ),
    expiry.lapse(
        (S.GIVEN, S.REMINDED),
        S.OVERDUE,
        needs="given_task.remind",
        label="Πέρασε η προθεσμία",
        done="Πέρασε η προθεσμία χωρίς απάντηση",
        due="due_at",
    ),
    kinds={
        S.GIVEN: "wait",
        S.REMINDED: "wait",
        S.OVERDUE: "bad",
        S.ANSWERED: "info",
        S.RETURNED: "wait",
        S.CLOSED: "good",
        S.REVOKED: "",
    },
)
