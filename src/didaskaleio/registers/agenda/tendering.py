"""What officers do about tenders, and bidders about offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, todos
from didaskaleio.people.enums import Role
from didaskaleio.registers.enums import (
    TenderState,
)
from didaskaleio.registers.lifecycle import (
    OFFER,
    TENDER,
)


@todos("registers.tenders")
def tenders(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Tenders of the body that wait for the opening of the offers, for the award or a contract."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    for step, words in (("open_offers", "Αποσφράγιση προσφορών"), ("award", "Κατακύρωση")):
        for row in open_rows(TENDER, step, actor).order_by("closes_at", "pk")[:20]:
            page = reverse("registers:desk-tender", args=[row.pk])
            yield Todo(words, page, detail=row.title)
    awarded = open_rows(TENDER, "contract", actor).filter(standstill_until__lte=at)
    for row in awarded.order_by("standstill_until", "pk")[:20]:
        page = reverse("registers:desk-tender", args=[row.pk])
        yield Todo("Σύμβαση", page, detail=row.title)


@todos("registers.offers")
def offers(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Offers of the centre that were begun and not submitted, while the tender receives them."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = open_rows(OFFER, "submit", actor).filter(
        tender__state=TenderState.PUBLISHED, tender__closes_at__gte=at
    )
    for row in rows.select_related("tender").order_by("tender__closes_at", "pk")[:20]:
        page = reverse("registers:offer", args=[row.pk])
        yield Todo("Υποβολή προσφοράς", page, row.tender.closes_at, row.tender.title)
