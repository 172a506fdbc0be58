"""Presence on the organiser's screen: the code of the room, the roll with one tap for each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery.rules import codes
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, numbers
from didaskaleio.small_actions import operations, queries
from didaskaleio.small_actions.enums import SeatState, SmallActionState
from didaskaleio.small_actions.lifecycle import SEAT, SMALL_ACTION
from didaskaleio.small_actions.models import SmallAction
from didaskaleio.small_actions.operations.rolls import counted_words

ROLLED = (SmallActionState.RUNNING, SmallActionState.COMPLETED)
LATEST = 6


def kept(request: Request, pk: int) -> SmallAction:
    """An action that the person of this request organises."""
    return one(request, "small_action.keep", queries.whole(SmallAction.objects.all()), pk=pk)


@guarded("small_action.keep")
def roll(request: Request, pk: int) -> HttpResponse:
    """The roll: one tap for each who was there, then it is closed."""
    row = kept(request, pk)
    if row.state not in ROLLED:
        raise Http404
    if request.method == "POST":
        present = numbers(request.POST.getlist("present"))
        operations.complete(row, present, actor=request.actor, at=request.at)
        issued = " Οι βεβαιώσεις εκδίδονται στο παρασκήνιο." if row.attested else ""
        messages.success(request, f"Οι παρουσίες έκλεισαν.{issued}")
        return redirect("small_actions:roll", pk)
    seats = list(queries.roll(row))
    there = sum(seat.state == SeatState.ATTENDED for seat in seats)
    back = reverse("small_actions:action", args=[pk])
    context = {
        "action": row,
        "seats": seats,
        "open": row.state == SmallActionState.RUNNING,
        "words": counted_words(there, len(seats) - there),
        "cycle": SMALL_ACTION,
        "seat_cycle": SEAT,
        "crumbs": [{"label": row.code, "url": back}, {"label": "Παρουσίες"}],
        "cancel_url": back,
    }
    return render(request, "small_actions/roll.html", context)


@guarded("small_action.keep")
def code(request: Request, pk: int) -> HttpResponse:
    """The code on the big screen; it asks for the next one by itself."""
    row = kept(request, pk)
    context = {
        "action": row,
        "open": queries.code_open(row, request.at),
        "cancel_url": reverse("small_actions:action", args=[pk]),
    }
    if context["open"]:
        page = request.build_absolute_uri(reverse("small_actions:check-in", args=[pk]))
        arrived = queries.roll(row).filter(arrived_at__isnull=False).order_by("-arrived_at")
        context |= (
            codes.screen(queries.code_of(row, request.at), page, request.at)
            | {
                "people": row.taken,  # type: ignore[attr-defined]
                "arrived": arrived.count(),
                "names": [seat.person.given_name for seat in arrived[:LATEST]],
                "poll": reverse("small_actions:code", args=[pk]),
            }
        )
    template = "small_actions/code_now.html" if request.htmx else "small_actions/code.html"
    return render(request, template, context)
