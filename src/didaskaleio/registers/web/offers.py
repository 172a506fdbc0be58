"""Pages of offers: a centre's sealed offer, and the same for the body after the opening."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.conditions import applying
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, queries
from didaskaleio.registers.enums import OfferState
from didaskaleio.registers.lifecycle import OFFER
from didaskaleio.registers.models import Offer, Tender
from didaskaleio.registers.web.tender_forms import OfferForm
from didaskaleio.structures.models import TrainingCentre


@guarded("tender.offer")
def begin(request: Request, pk: int) -> HttpResponse:
    """Choose the centre that makes the offer, and begin it."""
    row = one(request, "tender.offer", Tender.objects.select_related("body", "prefecture"), pk=pk)
    own = TrainingCentre.objects.exclude(kind=TrainingCentre.Kind.PUBLIC_SCHOOL)
    centres = _own_centres(request).filter(pk__in=own.values("pk"))
    if request.method == "POST":
        centre = get_object_or_404(centres, pk=number(request.POST.get("centre", "")) or 0)
        made = operations.start_offer(row, centre, actor=request.actor, at=request.at)
        return redirect("registers:offer-write", made.pk)
    crumbs = [
        {"label": "Διαγωνισμοί", "url": reverse("registers:tenders")},
        {"label": row.title, "url": reverse("registers:tender", args=[pk])},
        {"label": "Προσφορά"},
    ]
    context = {"tender": row, "centres": centres, "crumbs": crumbs, "now": request.at}
    return render(request, "registers/offer_begin.html", context)


def _own_centres(request: Request) -> Any:
    held = request.actor.scopes("centre_manager", "centre")
    return TrainingCentre.objects.filter(pk__in=[pk for pk in held if pk]).order_by("sort_key")


def _offers() -> Any:
    found = Offer.objects.select_related("tender__body", "tender__form", "tender__prefecture")
    return found.select_related("centre", "sheet", "paper", "receipt__file")


@guarded("offer.read")
def offer(request: Request, pk: int) -> HttpResponse:
    """One offer: price, paper, technical part; steps of the centre or of the body."""
    row = one(request, "offer.read", _offers(), pk=pk)
    mine = rows(request, "offer.write", Offer.objects.filter(pk=pk)).exists()
    draft = row.state == OfferState.DRAFT
    definition = row.tender.form.parsed()
    values = row.sheet.values if draft and row.sheet else row.values
    gaps = operations.gaps(row) if draft and mine else []
    steps = buttons(request, OFFER, row)
    context = {
        "offer": row,
        "tender": row.tender,
        "cycle": OFFER,
        "mine": mine,
        "draft": draft,
        "open": row.tender.is_open(request.at),
        "gaps": gaps,
        "groups": queries.answers_in_words(definition, values),
        "steps": [one for one in steps if one.name != "submit" or not gaps],
        "entries": journal.of(row)[:20],
        "states": OfferState,
        "now": request.at,
        "crumbs": _crumbs(row, mine=mine),
    }
    return render(request, "registers/offer.html", context)


def _crumbs(row: Offer, *, mine: bool) -> list[dict[str, str]]:
    page = "registers:tender" if mine else "registers:desk-tender"
    return [
        {"label": row.tender.title, "url": reverse(page, args=[row.tender_id])},
        {"label": f"Προσφορά: {row.centre}"},
    ]


@guarded("offer.write")
def write(request: Request, pk: int) -> HttpResponse:
    """Price, paper and technical part of a draft; what is wrong is said at its field."""
    row = one(request, "offer.write", _offers(), pk=pk)
    if row.state != OfferState.DRAFT or not row.tender.is_open(request.at):
        return redirect("registers:offer", pk)
    form = OfferForm(request.POST or None, request.FILES or None, initial={"price": row.price})
    problems: list[Problem] = []
    told = dict(row.sheet.values)
    if request.method == "POST":
        told |= sheets.told(row.tender.form.parsed(), request.POST)
        problems = _kept(request, row, form, told) if form.is_valid() else []
        if form.is_valid() and not problems:
            messages.success(request, "Το πρόχειρο της προσφοράς αποθηκεύτηκε.")
            return redirect("registers:offer", pk)
    return _page(request, row, form, told, problems)


def _kept(request: Request, row: Offer, form: OfferForm, told: dict[str, Any]) -> list[Problem]:
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    by |= {"price": form.cleaned_data["price"], "paper": form.cleaned_data["paper"]}
    try:
        with transaction.atomic():
            return operations.write_offer(row, told, **by)
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
    return []


def _page(
    request: Request, row: Offer, form: OfferForm, values: dict[str, Any], problems: list[Problem]
) -> HttpResponse:
    definition = row.tender.form.parsed()
    bound, groups = sheets.filled(definition, values, problems)
    context = {
        "offer": row,
        "tender": row.tender,
        "form": form,
        "bound": bound,
        "groups": groups,
        "tally": sheets.tally(definition, values),
        "applying": " ".join(sorted(applying(definition, values))),
        "now": request.at,
        "crumbs": _crumbs(row, mine=True),
    }
    return render(
        request, "registers/offer_write.html", context, status=422 if form.errors else 200
    )
