"""Offers of centres to a tender (προσφορές): sealed, submitted with a receipt, judged (R-048)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, files, greek, jobs, journal, notices, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms import points
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.models import AnswerSheet
from didaskaleio.kernel.notices import Message
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import holders
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import OfferState
from didaskaleio.registers.errors import TenderRefusedError
from didaskaleio.registers.lifecycle import OFFER, why_no_offers
from didaskaleio.registers.models import Offer, Tender
from didaskaleio.structures.models import TrainingCentre

OFFER.model = Offer
SERIES = "registers.offer"
OFFER_PAPER = files.declare(
    FileKind("registers.offer", "Τεχνική και οικονομική προσφορά", "offer.read", (files.PDF,))
)


@transaction.atomic
def start_offer(tender: Tender, centre: TrainingCentre, *, actor: Actor, at: datetime) -> Offer:
    """Πρόχειρη προσφορά: the one of the centre, made at the first touch.

    Refused: a public school, which answers the ordinary call; a lot elsewhere; a closed tender.
    """
    held = Tender.objects.select_for_update(of=("self",), no_key=True).get(pk=tender.pk)
    if mine := Offer.objects.filter(tender=held, centre=centre).first():
        access.require(actor, "offer.write", mine)
        return mine
    made = Offer(tender=held, centre=centre, by_id=actor.person_id)
    access.require(actor, "offer.write", made)
    if centre.kind == TrainingCentre.Kind.PUBLIC_SCHOOL:
        raise TenderRefusedError(
            "Ο διαγωνισμός είναι για φορείς που δεν είναι δημόσια σχολεία. Το σχολείο σας "
            "προτείνει προγράμματα απευθείας στην περίοδο."
        )
    if held.prefecture_id not in {None, centre.prefecture_id}:
        raise TenderRefusedError(
            f"Το τμήμα αφορά άλλον νομό ({held.prefecture}). Δείτε τους άλλους διαγωνισμούς."
        )
    if why := why_no_offers(made, at):
        raise TenderRefusedError(why)
    made.save()
    made.sheet = forms.open_sheet(held.form, made, person=actor.person_id, at=at)
    made.save(update_fields=["sheet"])
    journal.write(made, "Άρχισε η προσφορά", actor=actor, at=at)
    return made


@transaction.atomic
def write_offer(
    offer: Offer,
    told: Mapping[str, Any],
    *,
    price: Decimal | None,
    paper: Any = None,
    actor: Actor,
    at: datetime,
) -> list[Problem]:
    """Σύνταξη προσφοράς: keeps price, PDF and answers; returns answers of the wrong shape.

    Refused: a price above the ceiling, an offer that was submitted, a closed tender.
    """
    row = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("tender", "sheet")
        .get(pk=offer.pk)
    )
    access.require(actor, "offer.write", row)
    if row.state != OfferState.DRAFT:
        raise TenderRefusedError("Η προσφορά έχει υποβληθεί. Ανακαλέστε την για να τη διορθώσετε.")
    if why := why_no_offers(row, at):
        raise TenderRefusedError(why)
    if price is not None and price > row.tender.ceiling:
        most = greek.exact(row.tender.ceiling)
        raise TenderRefusedError(f"Η τιμή ξεπερνά τον προϋπολογισμό ({most} €).", code="price")
    row.price = price
    if paper is not None:
        row.paper = files.accept(OFFER_PAPER, paper, paper.name, row, actor=actor, at=at)
    row.by_id = actor.person_id
    row.save(update_fields=["price", "paper", "by"])
    return forms.save(_sheet(row, actor), told, actor=actor, at=at)


def _sheet(offer: Offer, actor: Actor) -> AnswerSheet:
    """The sheet of the offer, of whoever manages the centre now."""
    sheet = offer.sheet
    assert sheet is not None  # noqa: S101 - made together
    if sheet.person_id != actor.person_id:
        AnswerSheet.objects.filter(pk=sheet.pk).update(person_id=actor.person_id)
        sheet.person_id = actor.person_id
    return sheet


def gaps(offer: Offer) -> list[str]:
    """What an offer lacks before it may be submitted, each as a sentence."""
    found = []
    if offer.price is None:
        found.append("Συμπληρώστε την τιμή.")
    if offer.paper_id is None:
        found.append("Ανεβάστε την προσφορά σε PDF.")
    values = offer.sheet.values if offer.sheet else {}
    return found + [one.text for one in check(offer.tender.form.parsed(), values)]


@OFFER.performs("submit", locks=("tender",))
def submit_offer(offer: Offer, *, actor: Actor, at: datetime) -> None:
    """Υποβολή: sealed until the opening; a number, and a receipt that says nothing of the price."""
    if missing := gaps(offer):
        raise TenderRefusedError(" ".join(missing))
    assert offer.sheet is not None  # noqa: S101 - made together
    definition = offer.tender.form.parsed()
    offer.values = counted(definition, offer.sheet.values)
    offer.points = points.score(definition, offer.values).points
    offer.at, offer.by_id, offer.receipt = at, actor.person_id, None
    offer.receipt_number = numbering.protocol(SERIES, at=at)
    jobs.enqueue("registers.offer_receipt", offer_id=offer.pk)


@OFFER.performs("withdraw", locks=("tender",))
def withdraw_offer(offer: Offer, *, actor: Actor, at: datetime) -> None:
    """Ανάκληση για διόρθωση, before the deadline; what is not submitted again does not count."""


@OFFER.performs("exclude", locks=("tender",))
def exclude_offer(offer: Offer, *, actor: Actor, at: datetime, reason: str) -> None:
    """Αποκλεισμός of an offer that breaks the terms; the centre reads why."""
    offer.reason = reason.strip()
    tell(offer, "Η προσφορά σας αποκλείστηκε", offer.reason, at)


@OFFER.performs("readmit", locks=("tender",))
def readmit_offer(offer: Offer, *, actor: Actor, at: datetime) -> None:
    """Επαναφορά of an offer that was excluded; it is judged with the others."""
    offer.reason = ""


def tell(offer: Offer, title: str, text: str, at: datetime) -> None:
    """Tell the managers of the centre, once."""
    url = reverse("registers:offer", args=[offer.pk])
    found = holders(Role.CENTRE_MANAGER, Scope.CENTRE, offer.centre_id, at=at)
    key = f"offer-{offer.pk}-{at.isoformat()}-{title}"
    words = f"{offer.tender.title}. {text}"
    news = [Message(pk, title, words, key, url) for pk in found.values_list("pk", flat=True)]
    notices.send(kinds.OFFER, news, at=at)
