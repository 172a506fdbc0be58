"""Pages of terms: an appointment, one term with its acts, one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from didaskaleio.directory import operations, queries
from didaskaleio.directory.enums import STANDING, TermState
from didaskaleio.directory.lifecycle import ENGAGEMENT, TERM
from didaskaleio.directory.models import Office, Term
from didaskaleio.directory.web.forms import AppointForm
from didaskaleio.directory.web.offices import kept
from didaskaleio.directory.web.views import crumbs_of
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.queries import find_people

FOUND = 20


@guarded("office.keep")
def appoint(request: Request, pk: int) -> HttpResponse:
    """Appoint a person, whom the officer searches, now or as a successor."""
    row = kept(request, pk)
    asked = request.GET.get("q", "").strip()[:80]
    found = list(find_people(asked).filter(is_active=True)[: FOUND + 1])
    calls = queries.calls_for_posts(request.actor)
    form = AppointForm(found[:FOUND], calls, request.POST or None, initial=_from(request, row))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.appoint(row, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, f"Ορίστηκε: {made.person}. Ειδοποιείται με μήνυμα.")
            return redirect("directory:term", made.pk)
    context = {
        "office": row,
        "form": form,
        "q": asked,
        "crumbs": crumbs_of(row.structure, "Ορισμός"),
    }
    context |= {"found": len(found), "more": len(found) > FOUND, "terms": _standing(row)}
    return render(request, "directory/appoint.html", context, status=422 if form.errors else 200)


def _standing(office: Office) -> list[Term]:
    """Who holds the office now, and who was named for later."""
    rows = office.terms.filter(state__in=(*STANDING, TermState.NAMED))
    return list(rows.select_related("person").order_by("begins_at"))


def _from(request: Request, office: Office) -> dict[str, Any]:
    """The first day that is free: today, or the day after the last term."""
    last = max((term.last_day for term in _standing(office)), default=None)
    return {"begins_on": last + timedelta(days=1) if last else localdate(request.at)}


@guarded("term.page")
def term(request: Request, pk: int) -> HttpResponse:
    """One term: from when until when, by which decision, its acts and what follows."""
    rows = Term.objects.select_related("office__structure__prefecture", "person", "call")
    row = one(request, "term.page", rows, pk=pk)
    following = row.office.terms.filter(begins_at__gte=row.ends_at)
    context = {
        "term": row,
        "cycle": TERM,
        "may_keep": access.allowed(request.actor, "term.keep", row),
        "own": row.person_id == request.actor.user_id,
        "standing": row.state in STANDING,
        "next": following.exclude(state=TermState.CANCELLED).select_related("person").last(),
        "steps": buttons(request, TERM, row),
        "entries": journal.of(row)[:30],
        "states": TermState,
        "crumbs": crumbs_of(row.office.structure, str(row.person)),
    }
    return render(request, "directory/term.html", context)


@guarded("term.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """«Οι θέσεις μου»: terms of office and time-limited posts."""
    me = request.actor.person_id
    context = {
        "terms": queries.terms_of(me),
        "cycle": TERM,
        "engagements": queries.engagements().filter(person_id=me),
        "engagement_cycle": ENGAGEMENT,
    }
    return render(request, "directory/mine.html", context)
