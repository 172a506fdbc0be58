"""Decisions: the centre on excuses, the body on disputes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations
from didaskaleio.delivery.models import Dispute, Excuse
from didaskaleio.delivery.web import forms, show
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

ROW = (
    "attendance__person",
    "attendance__session__programme__centre",
    "attendance__session__programme__cluster",
    "attendance__session__programme__period__action",
    "decided_by",
)


@guarded("excuse.read")
def excuse(request: Request, pk: int) -> HttpResponse:
    """An excuse with its document; the centre decides."""
    found = one(request, "excuse.read", Excuse.objects.select_related(*ROW, "file"), pk=pk)
    decides = found.state == "submitted" and access.allowed(request.actor, "excuse.decide", found)
    form = forms.ExcuseDecisionForm(request.POST or None) if decides else None
    if request.method == "POST" and form is not None and form.is_valid():
        operations.decide_excuse(
            found,
            accepted=form.cleaned_data["decision"] == "accept",
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=request.at,
        )
        messages.success(request, "Η απόφαση καταχωρίστηκε και κοινοποιήθηκε.")
        return redirect("delivery:excuse", pk=pk)
    return render(request, "delivery/excuse.html", _context(found, form))


@guarded("dispute.read")
def dispute(request: Request, pk: int) -> HttpResponse:
    """A dispute; the body decides and, if it upholds it, corrects the sheet."""
    found = one(request, "dispute.read", Dispute.objects.select_related(*ROW), pk=pk)
    decides = found.state == "open" and access.allowed(request.actor, "dispute.decide", found)
    form = forms.DisputeDecisionForm(request.POST or None) if decides else None
    if request.method == "POST" and form is not None and form.is_valid():
        operations.decide_dispute(
            found,
            upheld=form.cleaned_data["decision"] == "uphold",
            reason=form.cleaned_data["reason"],
            marking=form.marking,
            actor=request.actor,
            at=request.at,
        )
        messages.success(request, "Η απόφαση καταχωρίστηκε και κοινοποιήθηκε.")
        return redirect("delivery:dispute", pk=pk)
    return render(request, "delivery/dispute.html", _context(found, form))


def _context(found: Excuse | Dispute, form: object) -> dict[str, object]:
    session = found.attendance.session
    return {
        "found": found,
        "row": found.attendance,
        "session": session,
        "programme": session.programme,
        "when": show.when(session),
        "form": form,
        "kind": {"submitted": "wait", "open": "wait", "accepted": "good", "upheld": "good"}.get(
            found.state, "bad"
        ),
        "entries": journal.of(found),
        "crumbs": show.crumbs(
            ("Εκκρεμότητες", reverse("delivery:exceptions")), (session.programme.code, "")
        ),
    }
