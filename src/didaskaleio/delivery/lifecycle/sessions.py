"""Life cycle of a session (συνεδρία ή υποστηρικτική συνάντηση) and of its sheet (000 §4 I.d)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from didaskaleio.delivery.enums import SessionState as S
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import ProgrammeState

EARLY = timedelta(minutes=30)
NOTICE_HOURS = 24
SETTLED = (S.SIGNED, S.CORRECTED, S.CLOSED)
UNMARKED = (*SETTLED, S.NOT_HELD, S.CANCELLED)
OPEN = (S.PLANNED, S.RESCHEDULED, S.IN_PROGRESS, S.HELD, S.NOT_HELD)
BEFORE = (S.PLANNED, S.RESCHEDULED)


def programme_runs(session: Any, _at: datetime) -> str | None:
    """Sessions live only while their programme runs."""
    if session.programme.state == ProgrammeState.RUNNING:
        return None
    label = ProgrammeState(session.programme.state).label
    return f"Το πρόγραμμα δεν είναι σε εξέλιξη (κατάσταση «{label}»)."


def may_record(session: Any, at: datetime) -> str | None:
    """What took place before a programme was stopped may still be recorded and signed."""
    programme = session.programme
    stopped = programme.state == ProgrammeState.CANCELLED and programme.state_since
    if stopped and session.starts_at <= programme.state_since:
        return None
    return programme_runs(session, at)


def may_start(session: Any, at: datetime) -> str | None:
    """A session starts from half an hour before its time on."""
    if at < session.starts_at - EARLY:
        return "Η έναρξη γίνεται το νωρίτερο μισή ώρα πριν από την ώρα της συνάντησης."
    return may_record(session, at)


def may_move(session: Any, at: datetime) -> str | None:
    """A change of time is proposed at least a day before."""
    if at > session.starts_at - timedelta(hours=NOTICE_HOURS):
        return (
            f"Αλλαγή ώρας προτείνεται έως {NOTICE_HOURS} ώρες πριν από τη συνάντηση. "
            "Αν δεν μπορεί να γίνει, ζητήστε από το κέντρο να τη δηλώσει ως μη πραγματοποιημένη."
        )
    return programme_runs(session, at)


def may_close(session: Any, _at: datetime) -> str | None:
    """Sheets close once the programme is over."""
    over = {ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED, ProgrammeState.CANCELLED}
    if session.programme.state in over:
        return None
    return "Το παρουσιολόγιο κλείνει αφού ολοκληρωθεί το πρόγραμμα."


SESSION = lifecycle(
    "session",
    "Συνάντηση προγράμματος",
    S,
    step(
        "reschedule",
        S.PLANNED,
        S.RESCHEDULED,
        needs="session.teach",
        label="Πρόταση αλλαγής ώρας",
        done="Προτάθηκε αλλαγή ώρας",
        reason=True,
        button=False,
        guard=may_move,
    ),
    step(
        "confirm",
        S.RESCHEDULED,
        S.PLANNED,
        needs="session.manage",
        label="Έγκριση της νέας ώρας",
        done="Η συνάντηση άλλαξε ώρα",
        guard=programme_runs,
    ),
    step(
        "decline",
        S.RESCHEDULED,
        S.PLANNED,
        needs="session.manage",
        label="Η ώρα μένει ως έχει",
        done="Η πρόταση αλλαγής ώρας δεν έγινε δεκτή",
        reason=True,
    ),
    step(
        "start",
        BEFORE,
        S.IN_PROGRESS,
        needs="session.teach",
        label="Έναρξη συνάντησης",
        done="Η συνάντηση άρχισε",
        guard=may_start,
    ),
    step(
        "end",
        S.IN_PROGRESS,
        S.HELD,
        needs="session.teach",
        label="Λήξη συνάντησης",
        done="Η συνάντηση έγινε",
        guard=may_record,
    ),
    step(
        "mark_not_held",
        (*BEFORE, S.IN_PROGRESS),
        S.NOT_HELD,
        needs="session.manage",
        label="Δεν έγινε",
        done="Η συνάντηση δεν έγινε",
        reason=True,
        danger=True,
        guard=programme_runs,
    ),
    step(
        "replace",
        S.NOT_HELD,
        S.PLANNED,
        needs="session.replace",
        label="Αναπλήρωση",
        done="Ορίστηκε αναπλήρωση",
        button=False,
        guard=programme_runs,
    ),
    step(
        "sign_sheet",
        S.HELD,
        S.SIGNED,
        needs="session.teach",
        label="Υπογραφή παρουσιολογίου",
        done="Υπογράφηκε το παρουσιολόγιο",
        button=False,
        guard=may_record,
    ),
    step(
        "correct",
        S.SIGNED,
        S.CORRECTED,
        needs="session.correct",
        label="Διόρθωση παρουσιολογίου",
        done="Διορθώθηκε το παρουσιολόγιο",
        reason=True,
        button=False,
    ),
    step(
        "correct_again",
        S.CORRECTED,
        S.CORRECTED,
        needs="session.correct",
        label="Νέα διόρθωση παρουσιολογίου",
        done="Διορθώθηκε ξανά το παρουσιολόγιο",
        reason=True,
        button=False,
    ),
    step(
        "close",
        (S.SIGNED, S.CORRECTED),
        S.CLOSED,
        needs="session.close",
        label="Κλείσιμο παρουσιολογίου",
        done="Το παρουσιολόγιο έκλεισε",
        guard=may_close,
    ),
    step(
        "cancel",
        (*BEFORE, S.NOT_HELD),
        S.CANCELLED,
        needs="session.cancel",
        label="Ματαίωση συνάντησης",
        done="Η συνάντηση ματαιώθηκε",
        reason=True,
        danger=True,
        button=False,
    ),
    kinds={
        S.PLANNED: "",
        S.RESCHEDULED: "wait",
        S.IN_PROGRESS: "move",
        S.HELD: "wait",
        S.NOT_HELD: "bad",
        S.SIGNED: "good",
        S.CORRECTED: "info",
        S.CLOSED: "good",
        S.CANCELLED: "bad",
    },
)
