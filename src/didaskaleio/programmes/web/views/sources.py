"""The officer's pages about the registers of an action: which one, and a call for its members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from didaskaleio.courses import profiles
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import ActionRole
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.queries.registers import sources, terms
from didaskaleio.programmes.web.source_forms import MembersCallForm, SourceForm, TenderLinkForm
from didaskaleio.registers.lifecycle import TENDER


def _asked(request: Request, pk: int, role: str) -> tuple[TrainingAction, ActionRole]:
    if role not in ActionRole.values:
        raise Http404
    found = TrainingAction.objects.select_related("body", "course_version")
    return one(request, "action.manage", found, pk=pk), ActionRole(role)


@guarded("action.manage")
def source(request: Request, pk: int, role: str) -> HttpResponse:
    """Name the register that a role of the action draws on."""
    the, wanted = _asked(request, pk, role)
    present = sources(the.pk).filter(role=wanted).first()
    now = present.register if present else None
    form = SourceForm(the.body, request.POST or None, initial={"register": now})
    done, refused = saved(
        request,
        form,
        lambda **by: operations.name_register(the, wanted, form.cleaned_data["register"], **by),
        field="register",
    )
    if done:
        messages.success(request, "Το μητρώο του ρόλου αποθηκεύτηκε.")
        return redirect("programmes:action", pk)
    theirs = [("Μητρώο", now or "Δεν ορίζεται")]
    context = opened(request, the, operations.naming(wanted), refused, theirs)
    return _page(request, "programmes/source.html", the, form, context | {"role": wanted})


@guarded("action.manage")
def call(request: Request, pk: int, role: str) -> HttpResponse:
    """Open a call for members of the register of a role, with what the action knows."""
    the, wanted = _asked(request, pk, role)
    present = get_object_or_404(sources(the.pk), role=wanted)
    form = MembersCallForm(the.body, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["form"]
        try:
            made = operations.call_members(the, wanted, version, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error("form", str(refusal))
        else:
            messages.success(request, "Το πρόχειρο της πρόσκλησης είναι έτοιμο για συμπλήρωση.")
            return redirect("registers:desk-call", made.pk)
    words = profiles.parse(terms(the, wanted)).in_words()
    context = {"source": present, "words": words}
    return _page(request, "programmes/source_call.html", the, form, context)


@guarded("action.manage")
def tenders(request: Request, pk: int) -> HttpResponse:
    """The tenders of the action: add one, let go of one."""
    found = TrainingAction.objects.select_related("body", "course_version")
    the = one(request, "action.manage", found, pk=pk)
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if request.method == "POST" and (drop := number(request.POST.get("drop", ""))):
        operations.drop_tender(the, drop, **by)
        messages.success(request, "Ο διαγωνισμός δεν είναι πια της δράσης.")
        return redirect("programmes:action-tenders", pk)
    form = TenderLinkForm(the.body, request.POST or None)
    if form.is_valid():
        operations.add_tender(the, form.cleaned_data["tender"], **by)
        messages.success(request, "Ο διαγωνισμός συνδέθηκε με τη δράση.")
        return redirect("programmes:action", pk)
    linked = the.tenders.select_related("tender__prefecture", "tender__winner__centre")
    context = {"linked": linked, "tender_cycle": TENDER, "here": "Διαγωνισμοί"}
    return _page(request, "programmes/tender_links.html", the, form, context)


def _page(
    request: Request,
    template: str,
    action: TrainingAction,
    form: SourceForm | MembersCallForm | TenderLinkForm,
    context: dict[str, object],
) -> HttpResponse:
    crumbs = [
        {"label": "Δράσεις", "url": reverse("programmes:actions")},
        {"label": action.title, "url": reverse("programmes:action", args=[action.pk])},
        {"label": context.get("here", "Μητρώα")},
    ]
    shown = {"form": form, "action_row": action, "crumbs": crumbs} | context
    shown["cancel_url"] = reverse("programmes:action", args=[action.pk])
    return render(request, template, shown, status=422 if form.errors else 200)
