"""The desk of payments: the actions of my body, and each with its amounts by stage."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.finance.lifecycle import MINUTES, ORDER, WORK
from didaskaleio.finance.models import WorkLine
from didaskaleio.finance.queries import acceptance, desk, eligibility, orders
from didaskaleio.kernel import access
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes.models import TrainingAction

PAGE = 50


def action_of(request: Request, pk: int, permission: str = "pay_action.read") -> TrainingAction:
    """The action of the address, for whoever may."""
    return one(request, permission, desk.actions(), pk=pk)


def crumbs(action: TrainingAction, last: str = "") -> list[dict[str, str]]:
    """From the desk to a page of an action."""
    page = {"label": action.title, "url": reverse("finance:pay-action", args=[action.pk])}
    start = {"label": "Πληρωμές", "url": reverse("finance:pay-desk")}
    return [start, page, {"label": last}] if last else [start, {"label": action.title}]


@guarded("payment.desk", about_object=False)
def payments_desk(request: Request) -> HttpResponse:
    """The actions of my body with what is due, accepted, ordered and paid."""
    found = rows(request, "pay_action.read", desk.actions())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    places = desk.places_of(action.pk for action in page)
    shown = [(action, places[action.pk]) for action in page]
    return render(
        request, "finance/pay/desk.html", {"page": page, "shown": shown, "states": desk.SHOWN}
    )


@guarded("pay_action.read")
def action(request: Request, pk: int) -> HttpResponse:
    """One action: amounts by stage, committees, minutes, orders."""
    found = action_of(request, pk)
    context: dict[str, Any] = {
        "action": found,
        "places": desk.places_of([pk])[pk],
        "keeps": access.allowed(request.actor, "pay_action.keep", found),
        "committees": acceptance.committees().filter(action=found)[:PAGE],
        "minutes": acceptance.minutes_list().filter(committee__action=found)[:10],
        "orders": orders.orders().filter(action=found)[:10],
        "outside": WorkLine.objects.filter(action=found).costs_outside().count(),
        "covers": eligibility.told(eligibility.period_of(found)),
        "work_cycle": WORK,
        "minutes_cycle": MINUTES,
        "order_cycle": ORDER,
        "crumbs": crumbs(found),
    }
    return render(request, "finance/pay/action.html", context)
