"""Pages that change a call: its documents before, announced acts after publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import operations
from didaskaleio.registers.models import Call
from didaskaleio.registers.web.forms import AmendForm, DocumentForm, ExtendForm
from didaskaleio.registers.web.rows import crumbs_of, form_page


def _call(request: Request, pk: int) -> Call:
    return one(request, "call.manage", Call.objects.select_related("body", "form__form"), pk=pk)


def _page(
    request: Request, template: str, call: Call, form: Any, here: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "call": call, "crumbs": crumbs_of(call, here)} | more
    context["cancel_url"] = reverse("registers:desk-call", args=[call.pk])
    return form_page(request, template, form, context)


@guarded("call.manage")
def document(request: Request, pk: int) -> HttpResponse:
    """One more document of a draft."""
    row = _call(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, title = form.cleaned_data["file"], form.cleaned_data["title"]
        try:
            operations.attach(row, upload, title=title, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Το έγγραφο προστέθηκε.")
            return redirect("registers:desk-call", pk)
    return _page(request, "registers/document.html", row, form, "Έγγραφο")


@require_POST
@guarded("call.manage")
def drop_document(request: Request, pk: int, document: int) -> HttpResponseRedirect:
    """Take a document out of a draft."""
    row = _call(request, pk)
    found = row.documents.filter(pk=document).first()
    if found is not None:
        operations.detach(found, actor=request.actor, at=request.at)
        messages.success(request, "Το έγγραφο αφαιρέθηκε.")
    return redirect("registers:desk-call", pk)


@guarded("call.manage")
def amend(request: Request, pk: int) -> HttpResponse:
    """An amendment: what changes and why, announced with a number of its own."""
    row = _call(request, pk)
    shown = {"text": row.text, "audience": row.audience, "places": row.places}
    form = AmendForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            operations.amend(row, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Η τροποποίηση ανακοινώθηκε και όσοι αφορά ειδοποιούνται.")
            return redirect("registers:desk-call", pk)
    return _page(request, "registers/amend.html", row, form, "Τροποποίηση")


@guarded("call.manage")
def extend(request: Request, pk: int) -> HttpResponse:
    """An extension: the new deadline and why."""
    row = _call(request, pk)
    form = ExtendForm(request.POST or None, initial={"until": row.closes_at})
    if request.method == "POST" and form.is_valid():
        try:
            operations.extend(row, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, "Η παράταση ανακοινώθηκε και όσοι αφορά ειδοποιούνται.")
            return redirect("registers:desk-call", pk)
    return _page(request, "registers/extend.html", row, form, "Παράταση", now=request.at)
