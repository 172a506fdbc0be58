"""Pages of time-limited posts: the list, a new one with its person, one with its acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, Value
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.directory import operations, queries
from didaskaleio.directory.enums import EngagementState
from didaskaleio.directory.lifecycle import ENGAGEMENT
from didaskaleio.directory.web.guest_forms import EngageForm, GuestForm
from didaskaleio.kernel import access, journal, limits
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, limited
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.operations import open_guest_account
from didaskaleio.people.queries import find_people

PAGE = 25
FOUND = 20
GUESTS = limits.declare("guest", "προσκλήσεις προσώπων εκτός μητρώου: από ένα πρόσωπο", 60, 3600)
LIST = {"label": "Θέσεις ορισμένου χρόνου", "url": "/directory/engagements/"}


@guarded("structure.desk", about_object=False)
def engagements(request: Request) -> HttpResponse:
    """«Θέσεις ορισμένου χρόνου»: those that the officer keeps, the first to end first."""
    found = rows(request, "engagement.keep", queries.engagements())
    q = request.GET.get("q", "").strip()[:80]
    said = (Q(person__sort_key__contains=GreekKeyOf(Value(word))) for word in q.split())
    running = desks.View("", "Όσες δεν έχουν λήξει", frozenset(map(str, queries.RUNNING)))
    offered = [running, *desks.views(EngagementState)[1:]]
    desk = desks.by_state(request, found.filter(*said), offered)
    context = {
        "page": Paginator(desk.rows, PAGE).get_page(request.GET.get("page")),
        "cycle": ENGAGEMENT,
        "q": q,
        "desk": desk,
    }
    return render(request, "directory/engagements.html", context)


@guarded("structure.desk", about_object=False)
def engage(request: Request) -> HttpResponse:
    """A new time-limited post of a person whom the officer searches."""
    asked = request.GET.get("q", "").strip()[:80]
    outside = find_people(asked).filter(is_active=True, teacher=None)
    found = list(outside[: FOUND + 1])
    hosts = queries.hosts_for(request.actor)
    form = EngageForm(found[:FOUND], hosts, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            made = operations.engage(**by, **form.facts())
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, f"Καταχωρίστηκε: {made.person}. Ειδοποιείται με μήνυμα.")
            return redirect("directory:engagement", made.pk)
    context = {"form": form, "q": asked, "found": len(found), "more": len(found) > FOUND}
    context["crumbs"] = [LIST, {"label": "Νέα θέση"}]
    return render(request, "directory/engage.html", context, status=422 if form.errors else 200)


@guarded("account.open_guest", about_object=False)
@limited(GUESTS, by_person)
def guest(request: Request) -> HttpResponse:
    """An account for a person outside the teacher record; the post is given on the next page."""
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_guest_account(actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Ο λογαριασμός άνοιξε· η πρόσκληση πάει στο {made.email}.")
            return redirect(f"{reverse('directory:engage')}?q={made.username}")
    context = {"form": form, "cancel_url": reverse("directory:engage")}
    context["crumbs"] = [LIST, {"label": "Νέος λογαριασμός"}]
    status = 422 if form.errors else 200
    return render(request, "directory/guest.html", context, status=status)


@guarded("engagement.page")
def engagement(request: Request, pk: int) -> HttpResponse:
    """One time-limited post: host, days, agreement, right, its acts."""
    row = one(request, "engagement.page", queries.engagements(), pk=pk)
    keeps = access.allowed(request.actor, "engagement.keep", row)
    context = {
        "engagement": row,
        "cycle": ENGAGEMENT,
        "steps": buttons(request, ENGAGEMENT, row),
        "entries": journal.of(row)[:30],
        "states": EngagementState,
        "crumbs": [
            LIST if keeps else {"label": "Οι θέσεις μου", "url": reverse("directory:mine")},
            {"label": str(row.person)},
        ],
    }
    return render(request, "directory/engagement.html", context)
