"""The teacher's side: catalogue, one action, registration, presence by the code of the room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet, Value
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from didaskaleio.delivery.rules import codes
from didaskaleio.kernel import access, journal, limits
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import device as devices
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, limited
from didaskaleio.kernel.web.steps import Button, buttons
from didaskaleio.small_actions import operations, queries
from didaskaleio.small_actions.enums import STANDING, WRITTEN, SeatState, SmallActionState
from didaskaleio.small_actions.lifecycle import SEAT, SMALL_ACTION
from didaskaleio.small_actions.models import Seat, SmallAction
from didaskaleio.small_actions.web.forms import CatalogueFilter, CodeForm

PAGE = 12
TRIES = limits.declare("small_actions.code", "κωδικοί μικρών δράσεων: πρόσωπο", 30, 600)
CATALOGUE = {"label": "Ημερίδες και εργαστήρια", "url": "/small-actions/"}


@guarded("small_action.catalogue", about_object=False)
def catalogue(request: Request) -> HttpResponse:
    """«Ημερίδες και εργαστήρια»: one's own seats, and what comes next for oneself."""
    form = CatalogueFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _asked(request, dict(asked))
    seats = list(queries.seats_of(request.actor.person_id).filter(action__ends_at__gte=request.at))
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "narrowed": any(asked.values()),
        "seats": seats[:PAGE],
        "mine": {seat.action_id: seat for seat in seats},
        "cycle": SEAT,
        "desk": any(post.role != "teacher" for post in request.actor.posts),
    }
    return render(request, "small_actions/catalogue.html", context)


def _asked(request: Request, asked: dict[str, Any]) -> QuerySet[SmallAction]:
    found = queries.coming(request.at)
    if not asked.get("everybody"):
        found = queries.addressed_to(found, request.actor.person_id, localdate(request.at))
    for name in ("kind", "prefecture"):
        if value := asked.get(name):
            found = found.filter(**{name: value})
    words = [GreekKeyOf(Value(word)) for word in asked.get("q", "").split()]
    said = (Q(words__contains=word) for word in words)
    return found.alias(words=GreekKeyOf("title")).filter(*said)


def seen(request: Request, pk: int) -> SmallAction:
    """An action that the person of this request may see."""
    return one(request, "small_action.see", queries.whole(SmallAction.objects.all()), pk=pk)


@guarded("small_action.see")
def action(request: Request, pk: int) -> HttpResponse:
    """One action: what, when, where, for whom; one's seat; the acts of whoever organises."""
    row = seen(request, pk)
    seat = queries.seat_of(row, request.actor.person_id)
    keeps = access.allowed(request.actor, "small_action.keep", row)
    context = {
        "action": row,
        "cycle": SMALL_ACTION,
        "seat_cycle": SEAT,
        "seat": seat,
        "ahead": queries.before_me(seat) + 1 if seat and seat.state == SeatState.WAITING else 0,
        "audience": queries.audience_of(row),
        "steps": [*_of_seat(request, seat), *buttons(request, SMALL_ACTION, row)],
        "keeps": keeps,
        "reused": row.reused,
        "crumbs": [CATALOGUE, {"label": row.code}],
    } | _open(request, row, seat)
    if keeps or access.allowed(request.actor, "small_action.approve", row):
        context |= {"entries": journal.of(row)[:30], "states": SmallActionState}
    return render(request, "small_actions/action.html", context)


def _of_seat(request: Request, seat: Seat | None) -> list[Button]:
    return buttons(request, SEAT, seat) if seat else []


def _open(request: Request, row: SmallAction, seat: Seat | None) -> dict[str, bool]:
    """What is open to the person at this moment."""
    holds = seat is not None and seat.state in STANDING
    takes = access.allowed(request.actor, "small_action.register", row)
    keeps = access.allowed(request.actor, "small_action.keep", row)
    told = queries.code_open(row, request.at)
    seated = seat is not None and seat.state in (SeatState.REGISTERED, SeatState.ATTENDED)
    return {
        "may_register": takes and not holds and row.starts_at > request.at,
        "may_arrive": told and seat is not None and seat.state == SeatState.REGISTERED,
        "may_join": bool(row.meeting_url) and (seated or keeps),
        "may_edit": keeps and row.state in (*WRITTEN, SmallActionState.OPEN),
        "may_mark": keeps and row.state in (SmallActionState.RUNNING, SmallActionState.COMPLETED),
        "may_show": keeps and told,
    }


@require_POST
@guarded("small_action.see")
def register(request: Request, pk: int) -> HttpResponse:
    """Take a place, or the next one of the waiting list."""
    seat = operations.register(seen(request, pk), actor=request.actor, at=request.at)
    if seat.state == SeatState.WAITING:
        messages.success(request, "Μπήκατε στην αναμονή. Ειδοποιείστε μόλις βρεθεί θέση.")
    else:
        messages.success(request, "Έχετε θέση. Η δράση μπήκε στο ημερολόγιό σας.")
    return redirect("small_actions:action", pk)


@guarded("small_action.see")
@limited(TRIES, by_person)
def check_in(request: Request, pk: int) -> HttpResponse:
    """Declare that I am there; the code in the address fills the field."""
    row = seen(request, pk)
    seat = queries.seat_of(row, request.actor.person_id)
    if seat is None or seat.state not in STANDING:
        raise Http404
    device = devices.of(request)
    given = codes.normal(request.GET.get("code", "")[:12])[: codes.LENGTH]
    form = CodeForm(request.POST or None, initial={"code": given})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        operations.arrive(seat, code, device=device, actor=request.actor, at=request.at)
        messages.success(request, "Η παρουσία σας δηλώθηκε.")
        return redirect("small_actions:action", pk)
    crumbs = [CATALOGUE, {"label": row.code, "url": reverse("small_actions:action", args=[pk])}]
    context = {"action": row, "seat": seat, "form": form, "asks": seat.state == "registered"}
    context["crumbs"] = [*crumbs, {"label": "Δήλωση παρουσίας"}]
    return devices.remembered(render(request, "small_actions/check_in.html", context), device)
