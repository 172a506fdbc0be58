"""Pages of the audience of a call: its rules as the cards of a profile, read live in words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.courses import profiles
from didaskaleio.courses.queries import cards
from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, seen
from didaskaleio.registers import operations, queries
from didaskaleio.registers.models import Call
from didaskaleio.registers.rules import AUDIENCE_KINDS
from didaskaleio.registers.web.rows import crumbs_of


@guarded("call.manage")
def audience(request: Request, pk: int) -> HttpResponse:
    """«Ποιοι γίνονται δεκτοί»: rules added, filled in, put in order, removed; saved together."""
    row = one(request, "call.manage", Call.objects.select_related("body"), pk=pk)
    posted = request.POST if request.method == "POST" else None
    edit = cards.edited(posted, row.audience_rules, AUDIENCE_KINDS)
    refused = _save(request, row, edit) if edit.saves else None
    if edit.saves and refused is None:
        return redirect("registers:desk-call", pk)
    context = _page(row, edit)
    theirs = [("Κανόνες", "\n".join(queries.audience_words(row)))]
    overtaken = refused if isinstance(refused, OvertakenError) else None
    context |= opened(request, row, operations.AUDIENCE, overtaken, theirs)
    return render(request, "registers/audience.html", context, status=422 if refused else 200)


def _save(request: Request, row: Call, edit: cards.Edited) -> Exception | None:
    """Save the rules, or the refusal that the page shows."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "seen": seen(request)}
    try:
        operations.write_audience(row, cards.rules_of(edit.cards), **by)
    except OvertakenError as refusal:
        return refusal
    except profiles.ProfileError as refusal:
        messages.error(request, f"Δεν αποθηκεύτηκε. {refusal}")
        return refusal
    messages.success(request, "Οι κανόνες αποθηκεύτηκαν.")
    return None


def _page(row: Call, edit: cards.Edited) -> dict[str, Any]:
    return {
        "call": row,
        "form": Form(),
        "cards": edit.cards,
        "focus": edit.focus,
        "unsaved": edit.posted,
        "trial_url": reverse("registers:audience-trial", args=[row.pk]),
        "kinds": cards.left(edit.cards, AUDIENCE_KINDS),
        "crumbs": crumbs_of(row, "Ποιοι γίνονται δεκτοί"),
        "cancel_url": reverse("registers:desk-call", args=[row.pk]),
    }


@require_POST
@guarded("call.manage")
def trial(request: Request, pk: int) -> HttpResponse:
    """The rules being typed, in words; nothing is saved."""
    one(request, "call.manage", Call.objects.all(), pk=pk)
    typed = cards.posted_cards(request.POST, AUDIENCE_KINDS)
    return render(request, "courses/profile_words.html", {"cards": typed})
