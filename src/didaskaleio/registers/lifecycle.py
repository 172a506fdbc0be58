"""Life cycles of calls, candidacies, memberships and changes of fields (000 §1, §4 I.b)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.lifecycle import Lifecycle, lifecycle, step
from didaskaleio.registers import assessing, hearing, rules
from didaskaleio.registers.enums import CallState as S
from didaskaleio.registers.enums import CandidacyState as C
from didaskaleio.registers.enums import MemberState as M
from didaskaleio.registers.enums import OfferState as O
from didaskaleio.registers.enums import ProposalState as P
from didaskaleio.registers.enums import TenderState as T

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


MEMBERSHIP = lifecycle(
    "membership",
    "Μέλος μητρώου",
    M,
    step(
        "remind",
        M.ACTIVE,
        M.EXPIRING,
        needs="membership.settle",
        label="Υπενθύμιση ανανέωσης",
        done="Πλησιάζει η λήξη",
        due="remind_at",
        button=False,
    ),
    step(
        "renew",
        (M.EXPIRING, M.EXPIRED),
        M.ACTIVE,
        needs="membership.keep",
        label="Ανανέωση",
        done="Ανανεώθηκε",
        reason=True,
    ),
    step(
        "lapse",
        M.EXPIRING,
        M.EXPIRED,
        needs="membership.settle",
        label="Λήξη ισχύος",
        done="Έληξε η ισχύς",
        due="valid_until",
        button=False,
    ),
    step(
        "suspend",
        (M.ACTIVE, M.EXPIRING),
        M.SUSPENDED,
        needs="membership.keep",
        label="Αναστολή",
        done="Μπήκε σε αναστολή",
        reason=True,
        danger=True,
    ),
    step(
        "lift",
        M.SUSPENDED,
        M.ACTIVE,
        needs="membership.keep",
        label="Άρση αναστολής",
        done="Έληξε η αναστολή",
        reason=True,
    ),
    step(
        "remove",
        (M.SUSPENDED, M.EXPIRED),
        M.REMOVED,
        needs="membership.keep",
        label="Διαγραφή",
        done="Διαγράφηκε από το μητρώο",
        reason=True,
        danger=True,
    ),
    step(
        "resign",
        (M.ACTIVE, M.EXPIRING),
        M.REMOVED,
        needs="membership.own",
        label="Αποχώρηση από το μητρώο",
        done="Αποχώρησε από το μητρώο",
        danger=True,
    ),
    kinds={M.ACTIVE: "good", M.EXPIRING: "wait", M.EXPIRED: "bad", M.SUSPENDED: "bad"},
)


def _proposal(name: str, title: str, decide: str, own: str) -> Lifecycle:
    """A change that one side proposes and the other decides on."""
    return lifecycle(
        name,
        title,
        P,
        step("accept", P.OPEN, P.ACCEPTED, needs=decide, label="Έγκριση", done="Έγινε δεκτή"),
        step(
            "decline",
            P.OPEN,
            P.DECLINED,
            needs=decide,
            label="Απόρριψη",
            done="Δεν έγινε δεκτή",
            reason=True,
            danger=True,
        ),
        step(
            "withdraw",
            P.OPEN,
            P.WITHDRAWN,
            needs=own,
            label="Απόσυρση",
            done="Αποσύρθηκε",
            danger=True,
        ),
        kinds={P.OPEN: "wait", P.ACCEPTED: "good", P.DECLINED: "bad"},
    )


PROPOSAL = _proposal("change_proposal", "Πρόταση μεταβολής", "proposal.decide", "proposal.own")
ROOM_PROPOSAL = _proposal(
    "room_proposal", "Μεταβολή αίθουσας Κ.Σ.Ε.", "room_proposal.decide", "room_proposal.own"
)
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
        guard=assessing.why_not_ready,
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
        guard=hearing.why_not_final,
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
    return assessing.why_not_now(candidacy.call)


def _in_time(candidacy: Any, at: datetime) -> str | None:
    if candidacy.complete_by and at > candidacy.complete_by:
        return f"Η προθεσμία συμπλήρωσης έληξε: {rules.said(candidacy.complete_by)}."
    return _standing(candidacy, at)


def _heard(candidacy: Any, _at: datetime) -> str | None:
    return hearing.why_not_heard(candidacy.call)


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


def why_no_offers(offer: Any, at: datetime) -> str | None:
    """Why a tender receives no offer at ``at``, and what to do; None while it does."""
    tender = offer.tender
    if tender.is_open(at):
        return None
    if tender.state in {T.PUBLISHED, T.CLOSED} and at < tender.opens_at:
        return f"Οι προσφορές ανοίγουν {rules.said(tender.opens_at)}. Δοκιμάστε τότε."
    return "Ο διαγωνισμός δεν δέχεται πια προσφορές. Δείτε τη σελίδα του."


def _not_past(tender: Any, at: datetime) -> str | None:
    if tender.closes_at <= at:
        return "Η προθεσμία των προσφορών έχει περάσει. Ορίστε νέα."
    return None


def _over_standstill(tender: Any, at: datetime) -> str | None:
    if tender.standstill_until and at < tender.standstill_until:
        until = rules.said(tender.standstill_until)
        return f"Σύμβαση υπογράφεται μετά την προθεσμία ενστάσεων: {until}."
    return None


def _unsealed(offer: Any, _at: datetime) -> str | None:
    if offer.tender.state != T.OPENED:
        return "Οι προσφορές κρίνονται μετά την αποσφράγιση και πριν από την κατακύρωση."
    return None


TENDER_MAY, OFFER_OWN, OFFER_JUDGE = "tender.manage", "offer.write", "offer.judge"
TENDER = lifecycle(
    "tender",
    "Διαγωνισμός",
    T,
    step(
        "publish",
        T.DRAFT,
        T.PUBLISHED,
        needs=TENDER_MAY,
        label="Δημοσίευση",
        done="Δημοσιεύτηκε η διακήρυξη",
        guard=_not_past,
    ),
    step(
        "close",
        T.PUBLISHED,
        T.CLOSED,
        needs="tender.settle",
        label="Λήξη προθεσμίας",
        done="Έληξε η προθεσμία προσφορών",
        due="closes_at",
        button=False,
    ),
    step(
        "open_offers",
        T.CLOSED,
        T.OPENED,
        needs=TENDER_MAY,
        label="Αποσφράγιση",
        done="Αποσφραγίστηκαν οι προσφορές",
        button=False,
    ),
    step(
        "award",
        T.OPENED,
        T.AWARDED,
        needs=TENDER_MAY,
        label="Κατακύρωση",
        done="Κατακυρώθηκε",
        button=False,
    ),
    step(
        "note_objection",
        T.AWARDED,
        T.AWARDED,
        needs=TENDER_MAY,
        label="Καταγραφή ένστασης",
        done="Καταγράφηκε ένσταση",
        reason=True,
        button=False,
    ),
    step(
        "recall_award",
        T.AWARDED,
        T.OPENED,
        needs=TENDER_MAY,
        label="Ανάκληση της κατακύρωσης",
        done="Ανακλήθηκε η κατακύρωση",
        reason=True,
        danger=True,
    ),
    step(
        "contract",
        T.AWARDED,
        T.CONTRACTED,
        needs=TENDER_MAY,
        label="Καταχώριση σύμβασης",
        done="Υπογράφηκε σύμβαση",
        guard=_over_standstill,
        button=False,
    ),
    step(
        "cancel",
        (T.DRAFT, T.PUBLISHED, T.CLOSED, T.OPENED, T.AWARDED),
        T.CANCELLED,
        needs=TENDER_MAY,
        label="Ματαίωση",
        done="Ματαιώθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        T.DRAFT: "wait",
        T.PUBLISHED: "good",
        T.CLOSED: "wait",
        T.OPENED: "move",
        T.AWARDED: "move",
        T.CONTRACTED: "good",
        T.CANCELLED: "bad",
    },
)
OFFER = lifecycle(
    "offer",
    "Προσφορά",
    O,
    step(
        "submit",
        O.DRAFT,
        O.SUBMITTED,
        needs=OFFER_OWN,
        label="Υποβολή προσφοράς",
        done="Υποβλήθηκε",
        guard=why_no_offers,
    ),
    step(
        "withdraw",
        O.SUBMITTED,
        O.DRAFT,
        needs=OFFER_OWN,
        label="Ανάκληση για διόρθωση",
        done="Ανακλήθηκε",
        guard=why_no_offers,
        danger=True,
    ),
    step(
        "exclude",
        O.SUBMITTED,
        O.EXCLUDED,
        needs=OFFER_JUDGE,
        label="Αποκλεισμός",
        done="Αποκλείστηκε",
        reason=True,
        danger=True,
        guard=_unsealed,
    ),
    step(
        "readmit",
        (O.EXCLUDED, O.WON, O.LOST),
        O.SUBMITTED,
        needs=OFFER_JUDGE,
        label="Επαναφορά",
        done="Κρίνεται ξανά",
        guard=_unsealed,
    ),
    step(
        "win",
        O.SUBMITTED,
        O.WON,
        needs="offer.settle",
        label="Ανάδειξη",
        done="Επιλέχθηκε",
        button=False,
    ),
    step(
        "lose",
        O.SUBMITTED,
        O.LOST,
        needs="offer.settle",
        label="Μη επιλογή",
        done="Δεν επιλέχθηκε",
        button=False,
    ),
    kinds={O.DRAFT: "wait", O.SUBMITTED: "info", O.WON: "good", O.EXCLUDED: "bad"},
)
