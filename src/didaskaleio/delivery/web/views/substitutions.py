"""Substitutions on screen: who could take over a session, what was asked and answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.lifecycle import SESSION, SUBSTITUTION
from didaskaleio.delivery.models import Substitution, TrainingSession
from didaskaleio.delivery.web import show, work_forms
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.models import Person


@guarded("session.substitute")
def new(request: Request, pk: int) -> HttpResponse:
    """Who could take over: whoever may, the nearest first, and why the others may not."""
    rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.substitute", rows, pk=pk)
    if not queries.substitutions.may_substitute(found, request.at):
        raise Http404
    shown = _shown(request, found)
    able = [(one.person.pk, str(one.person)) for one in shown["able"]]
    form = work_forms.SubstituteForm(request.POST or None, able=able)
    if request.method == "POST" and form.is_valid():
        return _propose(request, found, form, rest=shown["rest"])
    return render(request, "delivery/substitute.html", shown | {"form": form})


def _propose(request: Request, session: TrainingSession, form: Any, *, rest: bool) -> HttpResponse:
    who = get_object_or_404(Person, pk=form.cleaned_data["person"])
    reason = form.cleaned_data["reason"]
    made = operations.propose_substitute(
        session, who, rest=rest, reason=reason, actor=request.actor, at=request.at
    )
    messages.success(request, f"Στάλθηκε πρόταση αντικατάστασης: {who}.")
    return redirect("delivery:substitution", pk=made.pk)


def _shown(request: Request, session: TrainingSession) -> dict[str, Any]:
    rest = request.GET.get("extent") == "rest"
    text = request.GET.get("q", "").replace("\0", "").strip()[:80]
    sessions = queries.substitutions.concerned(session, request.at, rest=rest)
    found = queries.substitutions.candidates(session.programme, sessions, request.at, words=text)
    return {
        "session": session,
        "programme": session.programme,
        "when": show.when(session),
        "rest": rest,
        "text": text,
        "count": len(sessions),
        "able": [one for one in found if one.suits],
        "unable": [one for one in found if not one.suits],
        "cancel_url": reverse("delivery:session", args=[session.pk]),
        "crumbs": _crumbs(session, "Αντικατάσταση"),
    }


def _crumbs(session: TrainingSession, title: str) -> list[dict[str, str]]:
    url = reverse("delivery:session", args=[session.pk])
    return show.crumbs((str(session), url), (title, ""))


@guarded("substitution.read")
def substitution(request: Request, pk: int) -> HttpResponse:
    """A substitution: who, instead of whom, which sessions, what was answered."""
    rows = Substitution.objects.select_related(
        "programme__centre", "programme__cluster", "replaced", "substitute", "proposed_by"
    )
    found = one(request, "substitution.read", rows, pk=pk)
    sessions = found.sessions.select_related("programme").order_by("starts_at", "pk")
    context = {
        "substitution": found,
        "programme": found.programme,
        "cycle": SUBSTITUTION,
        "session_cycle": SESSION,
        "sessions": [
            (session, show.when(session), access.allowed(request.actor, "session.read", session))
            for session in sessions
        ],
        "steps": buttons(request, SUBSTITUTION, found),
        "entries": journal.of(found)[:20],
        "crumbs": show.crumbs(("Αντικατάσταση", "")),
    }
    return render(request, "delivery/substitution.html", context)
