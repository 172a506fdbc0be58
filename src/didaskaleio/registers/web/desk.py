"""Pages of a body's officers: its calls, one being prepared, its announced acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import OvertakenError, Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, seen
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, queries, rules, standings
from didaskaleio.registers.enums import RECEIVED, CallState
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call
from didaskaleio.registers.web.forms import CallForm
from didaskaleio.registers.web.rows import content, crumbs_of, form_page
from didaskaleio.registers.web.terms import lists_context

PAGE = 25
CONTENT = ("title", "fills", "fills_name", "register", "places", "text", "audience", "form")
DATES = ("opens_at", "closes_at")


def _call(request: Request, pk: int) -> Call:
    return one(request, "call.manage", Call.objects.select_related("body", "form__form"), pk=pk)


@guarded("call.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The calls of my bodies, the drafts first, then by deadline."""
    found = rows(request, "call.manage", Call.objects.select_related("body"))
    desk = desks.by_state(request, found, desks.views(CallState))
    context = {
        "page": Paginator(desk.rows.order_by("-pk"), PAGE).get_page(request.GET.get("page")),
        "cycle": CALL,
        "desk": desk,
    }
    return render(request, "registers/desk.html", context)


@guarded("call.desk", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new call: its content, of which only the title and what it fills must stand now."""
    bodies = queries.bodies_of(request.actor)
    form = CallForm(bodies, queries.forms_of(bodies), request.POST or None)
    if len(bodies) == 1:
        del form.fields["body"]
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data.pop("body", None) or bodies[0]
        try:
            by: dict[str, Any] = {"actor": request.actor, "at": request.at}
            made = operations.prepare(body, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(_field(refusal), str(refusal))
        else:
            messages.success(request, "Το πρόχειρο αποθηκεύτηκε. Ορίστε τώρα τους κανόνες.")
            return redirect("registers:audience", made.pk)
    context = {"form": form, "cancel_url": reverse("registers:desk")}
    return form_page(request, "registers/write.html", form, context)


@guarded("call.manage")
def desk_call(request: Request, pk: int) -> HttpResponse:
    """One call as its officers see it: what is missing, steps, acts, history."""
    row = _call(request, pk)
    draft = row.state == CallState.DRAFT
    context = content(row) | {
        "cycle": CALL,
        "states": CallState,
        "draft": draft,
        "gaps": _gaps(request, row) if draft else [],
        "running": CALL.can("amend", row, request.actor, request.at),
        "announced": access.allowed(request.actor, "call.page", row),
        "followers": row.followers.count(),
        "concerned": queries.concerned(row, request.at).count() if draft else 0,
        "told": operations.announced(row),
        "received": row.candidacies.filter(state__in=RECEIVED).count(),
        "steps": buttons(request, CALL, row),
        "entries": journal.of(row)[:30],
        "now": request.at,
        "crumbs": crumbs_of(row),
    }
    return render(request, "registers/desk_call.html", context | lists_context(request, row))


def _gaps(request: Request, row: Call) -> list[str]:
    """What the publication lacks: of the call, and of the terms of its lists."""
    terms = standings.terms_of(row)
    return rules.gaps(row, request.at) + standings.wrong_thresholds(row, terms.thresholds)


@guarded("call.manage")
def write(request: Request, pk: int) -> HttpResponse:
    """The content of a draft."""
    row = _call(request, pk)
    bodies = queries.bodies_of(request.actor).filter(pk=row.body_id)
    shown = {name: getattr(row, name) for name in (*CONTENT, *DATES)}
    form = CallForm(bodies, queries.forms_of(bodies), request.POST or None, initial=shown)
    del form.fields["body"]
    refused = None
    if request.method == "POST" and form.is_valid():
        refused = _written(request, row, form)
        if refused is None and not form.errors:
            messages.success(request, "Αποθηκεύτηκε.")
            return redirect("registers:desk-call", pk)
    context = {"form": form, "call": row, "crumbs": crumbs_of(row, "Περιεχόμενο")}
    context |= {"cancel_url": reverse("registers:desk-call", args=[pk])}
    theirs = [(str(form.fields[name].label), rules.said(shown[name])) for name in DATES]
    theirs += [("Κείμενο", row.text), ("Σε ποιους απευθύνεται", row.audience)]
    context |= opened(request, row, operations.WRITTEN, refused, theirs)
    return form_page(request, "registers/write.html", form, context)


def _written(request: Request, row: Call, form: CallForm) -> OvertakenError | None:
    """Save the draft; what is refused stands on the form, but that of another officer's save."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "seen": seen(request)}
    try:
        operations.write(row, **by, **form.cleaned_data)
    except OvertakenError as refusal:
        return refusal
    except Refusal as refusal:
        form.add_error(_field(refusal), str(refusal))
    return None


def _field(refusal: Refusal) -> str:
    """The field that a refusal of the content is about."""
    words = str(refusal)
    return "form" if "φόρμα" in words else "register" if "μητρώο" in words else "closes_at"
