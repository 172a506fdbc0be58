"""Life cycles of a payee's facts, of a contract template and of a contract."""

from __future__ import annotations

from didaskaleio.finance.enums import HOLDING
from didaskaleio.finance.enums import ContractState as C
from didaskaleio.finance.enums import InvoiceState as I
from didaskaleio.finance.enums import PaperState as D
from didaskaleio.finance.enums import PayeeState as P
from didaskaleio.finance.enums import TemplateState as T
from didaskaleio.kernel.expiry import lapse, remind
from didaskaleio.kernel.lifecycle import lifecycle, step

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
        danger=True,
    ),
    kinds={P.DRAFT: "info", P.SUBMITTED: "wait", P.RETURNED: "bad", P.CONFIRMED: "good"},
)
INVOICE = lifecycle(
    "invoice",
    "Παραστατικό δαπάνης",
    I,
    step(
        "accept", I.SUBMITTED, I.ACCEPTED, needs="invoice.keep", label="Αποδοχή", done="Έγινε δεκτό"
    ),
    step(
        "reject",
        I.SUBMITTED,
        I.REJECTED,
        needs="invoice.keep",
        label="Απόρριψη",
        done="Απορρίφθηκε",
        reason=True,
        danger=True,
    ),
    kinds={I.SUBMITTED: "wait", I.ACCEPTED: "good", I.REJECTED: "bad"},
)
PAPER = lifecycle(
    "paper",
    "Δικαιολογητικό πληρωμής",
    D,
    step(
        "accept", D.SUBMITTED, D.ACCEPTED, needs="paper.keep", label="Αποδοχή", done="Έγινε δεκτό"
    ),
    step(
        "reject",
        D.SUBMITTED,
        D.REJECTED,
        needs="paper.keep",
        label="Απόρριψη",
        done="Απορρίφθηκε",
        reason=True,
        danger=True,
    ),
    step(
        "replace",
        (D.SUBMITTED, *HOLDING),
        D.REPLACED,
        needs="paper.settle",
        label="Αντικατάσταση",
        done="Αντικαταστάθηκε από νεότερο",
        button=False,
    ),
    remind(D.ACCEPTED, D.ENDING, needs="paper.settle"),
    lapse(HOLDING, D.EXPIRED, needs="paper.settle", label="Λήξη ισχύος", done="Έληξε"),
    kinds={
        D.SUBMITTED: "wait",
        D.ACCEPTED: "good",
        D.ENDING: "wait",
        D.EXPIRED: "bad",
        D.REJECTED: "bad",
    },
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
