"""Life cycles of a tender and its offers (κύκλοι διαγωνισμού και προσφοράς); 000 §4 I.b."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.registers import rules
from didaskaleio.registers.enums import OfferState as O
from didaskaleio.registers.enums import TenderState as T


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
