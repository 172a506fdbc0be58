"""Pages that change the register of centres: entry, facts, approval, visit, rooms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.registers import operations, places
from didaskaleio.registers.web.centre_forms import ApprovalForm, CentreForm, RoomForm, VisitForm
from didaskaleio.registers.web.centres import centre_of, crumbs_of, standing_tag
from didaskaleio.registers.web.rows import form_page
from didaskaleio.structures.models import ImplementingBody, TrainingCentre

FACTS = (
    *("name", "kind", "school", "regional_unit", "directorate"),
    *("town", "address", "phone", "email"),
)
FORM = "registers/centre_form.html"


def _page(
    request: Request, centre: TrainingCentre, form: Any, heading: str, **more: Any
) -> HttpResponse:
    label, kind = standing_tag(centre, request.at.date())
    context = {"form": form, "centre": centre, "heading": heading, "crumbs": []} | more
    context |= {"standing": label, "standing_kind": kind, "crumbs": crumbs_of(centre, heading)}
    context["cancel_url"] = reverse("registers:centre", args=[centre.pk])
    return form_page(request, FORM, form, context)


@guarded("centre.define", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new centre in the register of the body; its approval is the next act."""
    bodies = places.bodies_kept(request.actor)
    if not bodies:
        raise Http404
    form = CentreForm(bodies, request.POST or None)
    if len(bodies) == 1:
        del form.fields["body"]
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data.pop("body", None) or bodies[0]
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            made = operations.open_centre(body, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Το Κ.Σ.Ε. καταχωρίστηκε. Καταχωρίστε την έγκρισή του.")
            return redirect("registers:centre-approval", made.pk)
    crumbs = [{"label": "Μητρώο Κ.Σ.Ε.", "url": reverse("registers:centres")}, {"label": "Νέο"}]
    context = {"form": form, "heading": "Νέο Κ.Σ.Ε.", "crumbs": crumbs}
    return form_page(request, FORM, form, context | {"cancel_url": reverse("registers:centres")})


@guarded("centre.keep")
def edit(request: Request, pk: int) -> HttpResponse:
    """Name, kind, place and ways to reach a centre."""
    row = centre_of(request, "centre.keep", pk)
    shown = {name: getattr(row, name) for name in FACTS}
    form = CentreForm(ImplementingBody.objects.none(), request.POST or None, initial=shown)
    del form.fields["body"], form.fields["code"]
    done, refused = saved(
        request, form, lambda **by: operations.describe_centre(row, **by, **form.cleaned_data)
    )
    if done:
        messages.success(request, "Αποθηκεύτηκε.")
        return redirect("registers:centre", pk)
    theirs = [("Ονομασία", row.name), ("Πόλη", row.town), ("Οδός και αριθμός", row.address)]
    more = opened(request, row, operations.CENTRE_DESCRIBED, refused, theirs)
    return _page(request, row, form, "Στοιχεία Κ.Σ.Ε.", **more)


@guarded("centre.keep")
def approval(request: Request, pk: int) -> HttpResponse:
    """An act of approval, renewal or withdrawal, as it was issued."""
    row = centre_of(request, "centre.keep", pk)
    first = "renewal" if row.approved_on(request.at.date()) else "grant"
    form = ApprovalForm(request.POST or None, initial={"kind": first})
    done, refused = saved(
        request, form, lambda **by: operations.decide_approval(row, **by, **form.cleaned_data)
    )
    if done:
        messages.success(request, "Η πράξη καταχωρίστηκε και το Κ.Σ.Ε. ειδοποιείται.")
        return redirect("registers:centre", pk)
    theirs = [("Πράξεις", "\n".join(map(str, row.acts.all()[:3])))]
    more = opened(request, row, operations.APPROVAL, refused, theirs)
    return _page(request, row, form, "Πράξη έγκρισης", **more)


@guarded("centre.keep")
def visit(request: Request, pk: int) -> HttpResponse:
    """A visit with what it found."""
    row = centre_of(request, "centre.keep", pk)
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            operations.record_visit(row, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Η επίσκεψη καταχωρίστηκε.")
            return redirect("registers:centre", pk)
    return _page(request, row, form, "Επίσκεψη")


@guarded("centre.rooms")
def room(request: Request, pk: int, room: int | None = None) -> HttpResponse:
    """A room: the body writes it at once, the centre proposes it."""
    row = centre_of(request, "centre.rooms", pk)
    keeps = access.allowed(request.actor, "centre.keep", row)
    found = row.rooms.filter(pk=room).first() if room else None
    if bool(room) != bool(found):
        raise Http404
    shown = {} if found is None else vars(operations.facts_of(found))
    form = RoomForm(request.POST or None, initial=shown)
    form.fields["note"].required = keeps  # a centre may propose without a word
    if found is None or not found.in_use:
        del form.fields["close"]
    if request.method == "POST" and form.is_valid():
        act = operations.keep_room if keeps else operations.propose_room
        told = {name: form.cleaned_data.get(name) for name in ("close", "note")}
        by: dict[str, Any] = {"actor": request.actor, "at": request.at, "room": found}
        try:
            act(row, form.facts(), **by, close=bool(told["close"]), note=told["note"] or "")
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, _said(keeps=keeps))
            return redirect("registers:centre", pk)
    heading = f"Αίθουσα: {found}" if found else "Νέα αίθουσα"
    return _page(request, row, form, heading, proposes=not keeps)


def _said(*, keeps: bool) -> str:
    if keeps:
        return "Οι αίθουσες του Κ.Σ.Ε. άλλαξαν."
    return "Η μεταβολή υποβλήθηκε και περιμένει έγκριση του φορέα. Θα ειδοποιηθείτε."
