"""Public pages of calls: what is open, one call with its criteria and announced acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.models import Person
from didaskaleio.registers import operations, queries
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call
from didaskaleio.registers.web.rows import content

PAGE = 25


@public
def calls(request: Request) -> HttpResponse:
    """«Προσκλήσεις»: the open ones by deadline, those to come, the past ones."""
    asked = request.GET.get("show", "")
    window = asked if asked in queries.WINDOWS else "open"
    found = queries.announced(window, request.at)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "window": window,
        "windows": queries.WINDOWS.items(),
        "cycle": CALL,
        "now": request.at,
        "may_desk": access.allowed(request.actor, "call.desk"),
    }
    return render(request, "registers/calls.html", context)


@public
def call(request: Request, pk: int) -> HttpResponse:
    """The public page of a call; whoever is signed in sees which rules hold for oneself."""
    row = one(request, "call.page", Call.objects.select_related("body", "form"), pk=pk)
    context = content(row) | {
        "cycle": CALL,
        "now": request.at,
        "open": row.is_open(request.at),
        "awaited": row.is_awaited(request.at),
        "may_manage": access.allowed(request.actor, "call.manage", row),
        "crumbs": [
            {"label": "Προσκλήσεις", "url": reverse("registers:calls")},
            {"label": row.title},
        ],
    }
    if request.actor.user_id is not None:
        me = Person.objects.get(pk=request.actor.user_id)
        context["findings"] = queries.audience_findings(row, me, request.at)
        context["candidacy"] = row.candidacies.filter(person=me).first()
        context["following"] = row.followers.filter(person=me).exists()
    return render(request, "registers/call.html", context)


@require_POST
@guarded("call.follow")
def follow(request: Request, pk: int) -> HttpResponseRedirect:
    """Be told of what happens to a call; once more: no longer."""
    row = one(request, "call.follow", Call.objects.all(), pk=pk)
    act = operations.follow if request.POST.get("follow") else operations.unfollow
    act(row, actor=request.actor, at=request.at)
    words = "Θα ειδοποιείστε" if request.POST.get("follow") else "Δεν θα ειδοποιείστε πια"
    messages.success(request, f"{words} για κάθε πράξη σε αυτή την πρόσκληση.")
    return redirect("registers:call", pk)
