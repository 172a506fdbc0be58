"""Questions of tenders (ερωτήματα διαγωνισμών): by window, the order of their offers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from didaskaleio.registers.access import SHOWN_TENDERS
from didaskaleio.registers.enums import OfferState, TenderState
from didaskaleio.registers.models import Offer, Tender
from didaskaleio.registers.ranking.offers import Bid, Placed, placed


def tenders(window: str, at: datetime) -> QuerySet[Tender]:
    """Announced tenders: ``open`` by deadline, ``past`` the latest first."""
    rows = Tender.objects.filter(state__in=SHOWN_TENDERS).select_related("body", "prefecture")
    running = Q(state=TenderState.PUBLISHED, closes_at__gte=at)
    if window == "open":
        return rows.filter(running).order_by("closes_at", "pk")
    return rows.exclude(running).order_by("-closes_at", "-pk")


JUDGED = (OfferState.SUBMITTED, OfferState.WON, OfferState.LOST)


def order_of_offers(tender: Tender) -> list[Placed]:
    """The admissible offers by the rule of the tender, from the first to the last."""
    rows = Offer.objects.filter(tender=tender, state__in=JUDGED)
    bids = [Bid(one.pk, one.price, one.points, one.at) for one in rows if one.price and one.at]
    return placed(bids, tender.weight)


def contracted_centres(tenders: Iterable[int]) -> QuerySet[Offer]:
    """The offers of these tenders on which a contract stands, with their centres."""
    rows = Offer.objects.filter(won__in=list(tenders), won__state=TenderState.CONTRACTED)
    return rows.select_related("centre", "tender")
