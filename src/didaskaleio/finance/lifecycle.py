"""Life cycles of a payee's facts, of a contract template and of a contract."""

from __future__ import annotations

from typing import Any

from didaskaleio.finance.enums import ContractState as C
from didaskaleio.finance.enums import MinutesState as M
from didaskaleio.finance.enums import OrderState as O
from didaskaleio.finance.enums import PayeeState as P
from didaskaleio.finance.enums import PaymentState as Y
from didaskaleio.finance.enums import TemplateState as T
from didaskaleio.finance.enums import WorkState as W
from didaskaleio.kernel.expiry import lapse
from didaskaleio.kernel.lifecycle import Step, lifecycle, step


def _by_itself(
    name: str, source: str, target: str, needs: str, label: str, **rest: Any
) -> Step:
    """A step that nobody presses: it follows from another act."""
    return step(name, source, target, needs=needs, label=label, button=False, **rest)


PAYEE = lifecycle(
    "payee",
    "Στοιχεία δικαιούχου",
    P,
    step(
        "submit",
        (P.DRAFT, P.RETURNED),
        P.SUBMITTED,
        needs="payee.own",
        label="Υποβολή για έλεγχο",
        done="Υποβλήθηκαν για έλεγχο",
    ),
    step(
        "take_back",
        P.SUBMITTED,
        P.DRAFT,
        needs="payee.own",
        label="Ανάκληση για διόρθωση",
        done="Ανακλήθηκαν για διόρθωση",
    ),
    step(
        "confirm",
        P.SUBMITTED,
        P.CONFIRMED,
        needs="payee.keep",
        label="Επιβεβαίωση στοιχείων",
        done="Επιβεβαιώθηκαν",
    ),
    step(
        "send_back",
        P.SUBMITTED,
        P.RETURNED,
        needs="payee.keep",
        label="Επιστροφή για διόρθωση",
        done="Επιστράφηκαν για διόρθωση",
        reason=True,
        danger=True,
    ),
    step(
        "reopen",
        P.CONFIRMED,
        P.DRAFT,
        needs="payee.own",
        label="Αλλαγή στοιχείων",
        done="Ανοίχτηκαν για αλλαγή",
    ),
    kinds={P.DRAFT: "info", P.SUBMITTED: "wait", P.RETURNED: "bad", P.CONFIRMED: "good"},
)
TEMPLATE = lifecycle(
    "contract_template",
    "Υπόδειγμα σύμβασης",
    T,
    step(
        "publish",
        T.DRAFT,
        T.PUBLISHED,
        needs="template.keep",
        label="Θέση σε χρήση",
        done="Τέθηκε σε χρήση",
    ),
    step(
        "retire",
        T.PUBLISHED,
        T.RETIRED,
        needs="template.keep",
        label="Αντικατάσταση",
        done="Αντικαταστάθηκε από νεότερη έκδοση",
        button=False,
    ),
    kinds={T.DRAFT: "info", T.PUBLISHED: "good"},
)
CONTRACT = lifecycle(
    "contract",
    "Σύμβαση",
    C,
    step("issue", C.DRAFT, C.ISSUED, needs="contract.keep", label="Έκδοση", done="Εκδόθηκε"),
    step(
        "send",
        C.ISSUED,
        C.SIGNING,
        needs="contract.keep",
        label="Αποστολή για υπογραφή",
        done="Στάλθηκε για υπογραφή",
    ),
    step(
        "sign",
        C.SIGNING,
        C.IN_FORCE,
        needs="contract.settle",
        label="Υπογραφή από όλους",
        done="Υπογράφηκε από όλους",
        button=False,
    ),
    step(
        "decline",
        C.SIGNING,
        C.DECLINED,
        needs="contract.settle",
        label="Άρνηση υπογραφής",
        done="Δεν έγινε δεκτή",
        reason=True,
        danger=True,
        button=False,
    ),
    step(
        "withdraw",
        (C.DRAFT, C.ISSUED, C.SIGNING),
        C.WITHDRAWN,
        needs="contract.keep",
        label="Απόσυρση",
        done="Αποσύρθηκε",
        reason=True,
        danger=True,
    ),
    step(
        "supersede",
        C.IN_FORCE,
        C.REPLACED,
        needs="contract.settle",
        label="Τροποποίηση",
        done="Τροποποιήθηκε από νεότερη σύμβαση",
        button=False,
    ),
    step(
        "terminate",
        C.IN_FORCE,
        C.ENDED,
        needs="contract.keep",
        label="Λύση σύμβασης",
        done="Λύθηκε",
        reason=True,
        danger=True,
    ),
    lapse(
        C.IN_FORCE,
        C.ENDED,
        needs="contract.settle",
        label="Λήξη σύμβασης",
        done="Έληξε",
    ),
    kinds={
        C.DRAFT: "info",
        C.ISSUED: "info",
        C.SIGNING: "wait",
        C.IN_FORCE: "good",
        C.DECLINED: "bad",
        C.WITHDRAWN: "bad",
    },
)

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
    kinds={W.DUE: "wait", W.EXAMINED: "move", W.ACCEPTED: "good", W.REFUSED: "bad"}
    | {W.ORDERED: "move", W.PAID: "good"},
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
    kinds={O.DRAFT: "wait", O.APPROVED: "info", O.SENT: "move", O.SETTLED: "good"}
    | {O.CANCELLED: "bad"},
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
