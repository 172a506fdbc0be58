"""Pages of the demonstration: its clock and the mail that was sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from didaskaleio.kernel import clock, greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import View, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.middleware import page_before
from didaskaleio.site import mailsink, moments

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def demonstration(view: View) -> View:
    """Open to everybody inside a demonstration; anywhere else there is no such page."""

    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return public(door)


@demonstration
def clock_page(request: Request) -> HttpResponse:
    """The demonstration's clock: what comes next, and one click to be there."""
    return render(request, "site/clock.html", {"upcoming": moments.upcoming(request.at)})


@demonstration
@require_POST
def move_clock(request: Request) -> HttpResponse:
    """Move the clock forward; what falls due on the way happens in order."""
    moment = _asked(request.POST.get("to", ""), request.at)
    if moment <= request.at:
        raise Refusal("Το ρολόι της επίδειξης μετακινείται μόνο προς τα εμπρός.")
    if moment > request.at + timedelta(days=400):
        raise Refusal("Διαλέξτε στιγμή μέσα στον επόμενο χρόνο.")
    fired = moments.pass_time(moment)
    clock.set_demo(moment)
    happened = f" Έγιναν {fired} βήματα." if fired else ""
    messages.success(request, f"Τώρα είναι {greek.long_moment(moment)}.{happened}")
    return HttpResponseRedirect(page_before(request, reverse("site:clock")))


def _asked(to: str, at: datetime) -> datetime:
    if to in STEPS:
        return at + STEPS[to]
    if to == "next":
        following = moments.upcoming(at)
        if not following:
            raise Refusal("Δεν υπάρχει επόμενη προθεσμία.")
        return following[0].at + timedelta(seconds=1)
    try:
        moment = parse_datetime(to.strip())
    except ValueError:
        moment = None
    if moment is None:
        raise Refusal("Γράψτε ημερομηνία και ώρα, π.χ. 2023-01-20T15:01.")
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.ATHENS)


@demonstration
def mail(request: Request) -> HttpResponse:
    """The messages that the demonstration's mail server received, newest first."""
    return render(
        request, "site/mail.html", {"letters": mailsink.read_messages(settings.MAIL_DIR, 50)}
    )
