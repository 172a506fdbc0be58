"""Tenders (διαγωνισμοί): published, opened, awarded by decision, contracted (R-048)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from didaskaleio.kernel import access, files, journal, numbering
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.forms.definition import Kind
from didaskaleio.people.enums import Scope
from didaskaleio.registers import queries, rules
from didaskaleio.registers.enums import AwardRule, OfferState, TenderActKind, TenderState
from didaskaleio.registers.errors import TenderRefusedError
from didaskaleio.registers.lifecycle import OFFER, TENDER
from didaskaleio.registers.models import Offer, Tender, TenderAct
from didaskaleio.registers.operations.offering import tell
from didaskaleio.registers.ranking.offers import Placed
from didaskaleio.structures.models import ImplementingBody

TENDER.model = Tender
TENDER_WRITTEN = "Γράφτηκε ο διαγωνισμός"
TENDER_PAPER = files.declare(
    FileKind("registers.tender", "Έγγραφο διαγωνισμού", "tender.paper", (files.PDF,))
)


@transaction.atomic
def prepare_tender(body: ImplementingBody, *, actor: Actor, at: datetime, **content: Any) -> Tender:
    """Νέος διαγωνισμός: a draft of the actor's own body, for one lot.

    Refused: another body, dates that do not stand, a form of somebody else or one with files.
    """
    row = Tender(body=body)
    access.require(actor, "tender.manage", row)
    _take(row, content)
    row.save()
    journal.write(row, TENDER_WRITTEN, actor=actor, at=at)
    return row


@transaction.atomic
def write_tender(
    tender: Tender, *, actor: Actor, at: datetime, seen: int | None = None, **content: Any
) -> Tender:
    """Σύνταξη of a draft; refused when another officer saved meanwhile."""
    row = Tender.objects.select_for_update(of=("self",)).get(pk=tender.pk)
    access.require(actor, "tender.manage", row)
    if row.state != TenderState.DRAFT:
        raise TenderRefusedError("Ο διαγωνισμός έχει δημοσιευτεί και οι όροι του δεν αλλάζουν.")
    journal.require_latest(row, TENDER_WRITTEN, seen)
    _take(row, content)
    row.save()
    journal.write(row, TENDER_WRITTEN, actor=actor, at=at)
    return row


def _take(tender: Tender, content: dict[str, Any]) -> None:
    for name, value in content.items():
        setattr(tender, name, value)
    if tender.rule == AwardRule.LOWEST:
        tender.weight = 100
    if wrong := rules.wrong_dates(tender.opens_at, tender.closes_at):
        raise TenderRefusedError(wrong, code="closes_at")
    form = tender.form.form
    if (form.scope, form.scope_id) != (Scope.BODY, tender.body_id):
        raise TenderRefusedError("Η φόρμα είναι άλλου φορέα. Επιλέξτε δική σας.", code="form")
    if any(one.kind == Kind.FILE for one in tender.form.parsed().questions()):
        raise TenderRefusedError(
            "Η φόρμα ζητά αρχεία. Τα έγγραφα της προσφοράς υποβάλλονται σε ένα PDF: επιλέξτε "
            "φόρμα χωρίς αρχεία.",
            code="form",
        )


@TENDER.performs("publish", locks=("form",))
def publish_tender(tender: Tender, *, actor: Actor, at: datetime) -> None:
    """Διακήρυξη: the tender gets its number and its public page; its terms stand from now on."""
    tender.number = _act(tender, TenderActKind.PUBLICATION, actor, at).number
    tender.published_at = at


@TENDER.performs("close")
def close_tender(tender: Tender, *, actor: Actor, at: datetime) -> None:
    """Λήξη προσφορών: by the clock; what was submitted stays sealed."""


@TENDER.performs("open_offers")
def open_offers(tender: Tender, *, actor: Actor, at: datetime, minutes: str) -> None:
    """Αποσφράγιση: from now on the officers of the body read the offers; the minutes say who.

    Refused without minutes.
    """
    if not minutes.strip():
        raise TenderRefusedError("Γράψτε το πρακτικό: ποιοι ήταν παρόντες και τι ανοίχτηκε.")
    _act(tender, TenderActKind.OPENING, actor, at, minutes)
    _tell_all(tender, "Αποσφραγίστηκαν οι προσφορές", "Ακολουθεί η αξιολόγηση.", at)


def _tell_all(tender: Tender, title: str, text: str, at: datetime) -> None:
    """Tell every centre whose offer was submitted."""
    for offer in tender.offers.exclude(state=OfferState.DRAFT):
        tell(offer, title, text, at)


def first_offer(tender: Tender) -> int:
    """The offer to which the rule awards now, 0 when none is admissible."""
    order = queries.order_of_offers(tender)
    return order[0].bid.id if order else 0


@TENDER.performs("award")
def award(
    tender: Tender, *, actor: Actor, at: datetime, decision: str, paper: Any, seen: int
) -> None:
    """Απόφαση κατακύρωσης: to the first by the rule of the tender; everybody is told.

    ``seen`` is the offer that stood first on the screen. Refused: no admissible offer, another
    one is first by now, no words or no document of the decision.
    """
    order = queries.order_of_offers(tender)
    if not order:
        raise TenderRefusedError("Δεν υπάρχει παραδεκτή προσφορά. Ματαιώστε τον διαγωνισμό.")
    first = order[0].bid.id
    if first != seen:
        raise TenderRefusedError("Άλλαξε η σειρά των προσφορών. Δείτε την ξανά και αποφασίστε.")
    if not decision.strip():
        raise TenderRefusedError("Γράψτε το σκεπτικό της απόφασης.", code="decision")
    _act(tender, TenderActKind.AWARD, actor, at, decision, paper)
    tender.winner_id = first
    tender.standstill_until = localtime(at) + timedelta(days=tender.standstill_days)
    _settle(order, at)
    _tell_award(tender, at)


def _settle(order: Sequence[Placed], at: datetime) -> None:
    """The first has won and the others lost, each with its score."""
    scores = {one.bid.id: one.shown for one in order}
    first, *others = scores
    for step, ids in (("win", [first]), ("lose", others)):
        rows = Offer.objects.filter(pk__in=ids)
        OFFER.perform_all(step, rows, actor=SYSTEM, at=at, each={"score": scores})


OFFER.bulk_operations["win"] = OFFER.bulk_operations["lose"] = _settle


def _tell_award(tender: Tender, at: datetime) -> None:
    until = rules.said(tender.standstill_until)
    for offer in tender.offers.exclude(state=OfferState.DRAFT).select_related("centre"):
        won = offer.pk == tender.winner_id
        title = "Η προσφορά σας επιλέχθηκε" if won else "Η προσφορά σας δεν επιλέχθηκε"
        words = "Ακολουθεί η σύμβαση." if won else "Δείτε την απόφαση και τη βαθμολογία."
        tell(offer, title, f"{words} Ενστάσεις έως {until}.", at)


@TENDER.performs("note_objection")
def note_objection(tender: Tender, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ένσταση against the award, noted with a number; until the standstill ends."""
    if tender.standstill_until and at > tender.standstill_until:
        raise TenderRefusedError("Η προθεσμία ενστάσεων έχει λήξει.")
    _act(tender, TenderActKind.OBJECTION, actor, at, reason)
    _tell_all(tender, "Καταγράφηκε ένσταση", "Δείτε την στη σελίδα του διαγωνισμού.", at)


@TENDER.performs("recall_award")
def recall_award(tender: Tender, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ανάκληση της κατακύρωσης, after an objection that holds: the offers are judged again."""
    _act(tender, TenderActKind.RECALL, actor, at, reason)
    tender.winner, tender.standstill_until = None, None
    decided = tender.offers.filter(state__in=[OfferState.WON, OfferState.LOST])
    OFFER.perform_all("readmit", decided, actor=SYSTEM, at=at, score=None)
    for offer in tender.offers.filter(state=OfferState.SUBMITTED):
        tell(offer, "Ανακλήθηκε η κατακύρωση", reason, at)


@TENDER.performs("contract")
def contract(tender: Tender, *, actor: Actor, at: datetime, words: str, paper: Any) -> None:
    """Σύμβαση: its protocol number and its document; the centre may work in the lot from now."""
    _act(tender, TenderActKind.CONTRACT, actor, at, words, paper)
    news = f"Ανάδοχος: {tender.winner.centre if tender.winner else '–'}."
    _tell_all(tender, "Καταχωρίστηκε η σύμβαση", news, at)


@TENDER.performs("cancel")
def cancel_tender(tender: Tender, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ματαίωση: whoever made an offer is told why."""
    if tender.state != TenderState.DRAFT:
        _act(tender, TenderActKind.CANCELLATION, actor, at, reason)
    for offer in tender.offers.all():
        tell(offer, "Ο διαγωνισμός ματαιώθηκε", reason, at)


def _act(
    tender: Tender,
    kind: TenderActKind,
    actor: Actor,
    at: datetime,
    text: str = "",
    paper: Any = None,
) -> TenderAct:
    file = None
    if paper is not None:
        file = files.accept(TENDER_PAPER, paper, paper.name, tender, actor=actor, at=at)
    return TenderAct.objects.create(
        tender=tender,
        kind=kind,
        number=numbering.protocol(f"call.{tender.body.code}", at=at),
        text=text.strip(),
        file=file,
        at=at,
        actor_id=actor.user_id,
    )
