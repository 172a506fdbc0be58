"""Life cycles of a line of work, of acceptance minutes, of a payment order and its payments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.finance.enums import MinutesState as M
from didaskaleio.finance.enums import OrderState as O
from didaskaleio.finance.enums import PaymentState as Y
from didaskaleio.finance.enums import WorkState as W
from didaskaleio.kernel.lifecycle import Step, lifecycle, step


def _by_itself(name: str, source: str, target: str, needs: str, label: str, **rest: Any) -> Step:
    """A step that nobody presses: it follows from another act."""
    return step(name, source, target, needs=needs, label=label, button=False, **rest)


def _covered(order: Any, _at: datetime) -> str | None:
    """Why an order is not approved without a reason."""
    if not order.outside().exists():
        return None
    return (
        "Η εντολή έχει γραμμές εκτός της περιόδου επιλεξιμότητας της Πράξης. Εγκρίνεται με γραπτή "
        "αιτιολογία από την «Έγκριση με αιτιολογία»."
    )


def _excepted(order: Any, _at: datetime) -> str | None:
    """Why an order needs no reason."""
    if order.outside().exists():
        return None
    return "Όλες οι γραμμές της εντολής είναι επιλέξιμες: εγκρίνεται από την «Έγκριση»."


WORK = lifecycle(
    "work",
    "Γραμμή έργου",
    W,
    _by_itself("examine", W.DUE, W.EXAMINED, "work.settle", "Εισαγωγή σε πρακτικό"),
    _by_itself("put_back", W.EXAMINED, W.DUE, "work.settle", "Εκτός πρακτικού"),
    _by_itself("accept", W.EXAMINED, W.ACCEPTED, "work.settle", "Παραλαβή"),
    _by_itself("refuse", W.EXAMINED, W.REFUSED, "work.settle", "Μη παραλαβή", reason=True),
    _by_itself("order", W.ACCEPTED, W.ORDERED, "work.settle", "Εντολή πληρωμής"),
    _by_itself("release", W.ORDERED, W.ACCEPTED, "work.settle", "Εκτός εντολής"),
    _by_itself("pay", W.ORDERED, W.PAID, "work.settle", "Πληρωμή"),
    _by_itself("replace", W.DUE, W.WITHDRAWN, "work.settle", "Αντικατάσταση από νεότερη"),
    kinds={
        W.DUE: "wait",
        W.EXAMINED: "move",
        W.ACCEPTED: "good",
        W.REFUSED: "bad",
        W.ORDERED: "move",
        W.PAID: "good",
    },
)
MINUTES = lifecycle(
    "minutes",
    "Πρακτικό παραλαβής",
    M,
    step(
        "circulate",
        M.DRAFT,
        M.SIGNING,
        needs="minutes.write",
        label="Αποστολή για υπογραφή",
        done="Στάλθηκε στα μέλη για υπογραφή",
    ),
    _by_itself("seal", M.SIGNING, M.SEALED, "minutes.settle", "Σφράγιση πρακτικού"),
    step(
        "withdraw",
        (M.DRAFT, M.SIGNING),
        M.WITHDRAWN,
        needs="minutes.write",
        label="Απόσυρση",
        done="Αποσύρθηκε",
        reason=True,
        danger=True,
    ),
    kinds={M.DRAFT: "info", M.SIGNING: "wait", M.SEALED: "good", M.WITHDRAWN: "bad"},
)
ORDER = lifecycle(
    "payment_order",
    "Εντολή πληρωμής",
    O,
    step(
        "approve",
        O.DRAFT,
        O.APPROVED,
        needs="order.approve",
        label="Έγκριση",
        done="Εγκρίθηκε",
        guard=_covered,
    ),
    step(
        "approve_outside",
        O.DRAFT,
        O.APPROVED,
        needs="order.approve",
        label="Έγκριση με αιτιολογία",
        done="Εγκρίθηκε με γραμμές εκτός επιλεξιμότητας",
        reason=True,
        guard=_excepted,
    ),
    step(
        "dispatch",
        O.APPROVED,
        O.SENT,
        needs="order.keep",
        label="Αρχείο για την τράπεζα",
        done="Ετοιμάστηκε το αρχείο για την τράπεζα",
    ),
    _by_itself("settle", O.SENT, O.SETTLED, "order.settle", "Εκκαθάριση"),
    step(
        "cancel",
        (O.DRAFT, O.APPROVED),
        O.CANCELLED,
        needs="order.keep",
        label="Ακύρωση",
        done="Ακυρώθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        O.DRAFT: "wait",
        O.APPROVED: "info",
        O.SENT: "move",
        O.SETTLED: "good",
        O.CANCELLED: "bad",
    },
)
PAYMENT = lifecycle(
    "payment",
    "Πληρωμή",
    Y,
    step(
        "mark_paid",
        Y.WAITING,
        Y.PAID,
        needs="payment.keep",
        label="Πληρώθηκε",
        done="Πληρώθηκε",
        button=False,
    ),
    step(
        "mark_returned",
        Y.WAITING,
        Y.RETURNED,
        needs="payment.keep",
        label="Επιστράφηκε από την τράπεζα",
        done="Επιστράφηκε από την τράπεζα",
        reason=True,
        button=False,
    ),
    _by_itself("void", Y.WAITING, Y.CANCELLED, "payment.settle", "Ακύρωση"),
    kinds={Y.WAITING: "move", Y.PAID: "good", Y.RETURNED: "bad", Y.CANCELLED: "bad"},
)
