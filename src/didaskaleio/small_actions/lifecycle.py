"""Life cycles of a small action and of a seat in it (μικρή δράση, θέση; 000 §1 δ, 002)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.small_actions.enums import WRITTEN
from didaskaleio.small_actions.enums import SeatState as S
from didaskaleio.small_actions.enums import SmallActionState as A


def _ahead(action: Any, at: datetime) -> str | None:
    if action.starts_at <= at:
        return "Η ώρα της δράσης έχει περάσει. Ορίστε νέα ώρα και δοκιμάστε ξανά."
    return None


def _free_to_publish(action: Any, at: datetime) -> str | None:
    if action.needs_approval:
        return "Αυτή η δράση θέλει πρώτα έγκριση. Υποβάλετέ την."
    return _ahead(action, at)


def _asks_approval(action: Any, at: datetime) -> str | None:
    if not action.needs_approval:
        return "Αυτή η δράση δεν χρειάζεται έγκριση. Δημοσιεύστε την."
    return _ahead(action, at)


def _not_begun(seat: Any, at: datetime) -> str | None:
    if seat.action.starts_at <= at:
        return "Η δράση έχει αρχίσει. Αν δεν παρακολουθήσετε, σημειώνεται απουσία."
    return None


SMALL_ACTION = lifecycle(
    "small_action",
    "Μικρή δράση",
    A,
    step(
        "publish",
        WRITTEN,
        A.OPEN,
        needs="small_action.keep",
        label="Δημοσίευση",
        done="Η δράση δημοσιεύτηκε",
        guard=_free_to_publish,
    ),
    step(
        "submit",
        WRITTEN,
        A.SUBMITTED,
        needs="small_action.keep",
        label="Υποβολή για έγκριση",
        done="Υποβλήθηκε για έγκριση",
        guard=_asks_approval,
    ),
    step(
        "approve",
        A.SUBMITTED,
        A.OPEN,
        needs="small_action.approve",
        label="Έγκριση και δημοσίευση",
        done="Εγκρίθηκε και δημοσιεύτηκε",
        guard=_ahead,
    ),
    step(
        "give_back",
        A.SUBMITTED,
        A.RETURNED,
        needs="small_action.approve",
        label="Επιστροφή για διόρθωση",
        done="Επιστράφηκε για διόρθωση",
        reason=True,
    ),
    step(
        "begin",
        A.OPEN,
        A.RUNNING,
        needs="small_action.settle",
        label="Έναρξη",
        done="Άρχισε· οι εγγραφές έκλεισαν",
        due="starts_at",
        button=False,
    ),
    step(
        "complete",
        A.RUNNING,
        A.COMPLETED,
        needs="small_action.keep",
        label="Κλείσιμο παρουσιών",
        done="Οι παρουσίες έκλεισαν",
        button=False,
    ),
    step(
        "reopen",
        A.COMPLETED,
        A.RUNNING,
        needs="small_action.approve",
        label="Διόρθωση παρουσιών",
        done="Οι παρουσίες άνοιξαν για διόρθωση",
        reason=True,
        danger=True,
    ),
    step(
        "cancel",
        (*WRITTEN, A.SUBMITTED, A.OPEN, A.RUNNING),
        A.CANCELLED,
        needs="small_action.keep",
        label="Ματαίωση",
        done="Η δράση ματαιώθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        A.SUBMITTED: "wait",
        A.RETURNED: "wait",
        A.OPEN: "move",
        A.RUNNING: "info",
        A.COMPLETED: "good",
        A.CANCELLED: "bad",
    },
)
SEAT = lifecycle(
    "small_action_seat",
    "Θέση σε μικρή δράση",
    S,
    step(
        "admit",
        S.WAITING,
        S.REGISTERED,
        needs="seat.settle",
        label="Θέση από την αναμονή",
        done="Βρέθηκε θέση από την αναμονή",
        button=False,
    ),
    step(
        "withdraw",
        (S.WAITING, S.REGISTERED),
        S.WITHDRAWN,
        needs="seat.own",
        label="Απόσυρση",
        done="Η εγγραφή αποσύρθηκε",
        danger=True,
        guard=_not_begun,
    ),
    step(
        "arrive",
        S.REGISTERED,
        S.ATTENDED,
        needs="seat.own",
        label="Δήλωση παρουσίας",
        done="Δήλωσε παρουσία με τον κωδικό",
        button=False,
    ),
    step(
        "attend",
        (S.REGISTERED, S.ABSENT),
        S.ATTENDED,
        needs="seat.mark",
        label="Παρουσία",
        done="Σημειώθηκε παρουσία",
        button=False,
    ),
    step(
        "miss",
        (S.REGISTERED, S.ATTENDED),
        S.ABSENT,
        needs="seat.mark",
        label="Απουσία",
        done="Σημειώθηκε απουσία",
        button=False,
    ),
    step(
        "leave_unplaced",
        S.WAITING,
        S.UNPLACED,
        needs="seat.settle",
        label="Χωρίς θέση",
        done="Η δράση άρχισε και δεν βρέθηκε θέση",
        button=False,
    ),
    step(
        "call_off",
        (S.WAITING, S.REGISTERED, S.ATTENDED, S.ABSENT),
        S.CALLED_OFF,
        needs="seat.settle",
        label="Ματαίωση δράσης",
        done="Η δράση ματαιώθηκε",
        button=False,
    ),
    kinds={
        S.WAITING: "wait",
        S.REGISTERED: "good",
        S.ATTENDED: "good",
        S.ABSENT: "bad",
        S.UNPLACED: "bad",
        S.CALLED_OFF: "bad",
    },
)
