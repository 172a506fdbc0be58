"""Pages of tenders: the public ones, and those of the body that runs them (R-048)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, queries
from didaskaleio.registers.access import UNSEALED
from didaskaleio.registers.enums import OfferState, TenderState
from didaskaleio.registers.lifecycle import OFFER, TENDER
from didaskaleio.registers.models import Offer, Tender
from didaskaleio.registers.web.rows import form_page
from didaskaleio.registers.web.tender_forms import ActForm, PaperActForm, TenderForm

PAGE = 25
WINDOWS = {"open": "Ανοιχτοί", "past": "Έληξαν"}
CONTENT = (
    *("title", "text", "prefecture", "form", "rule", "weight", "ceiling"),
    *("opens_at", "closes_at", "standstill_days"),
)


@public
def tenders(request: Request) -> HttpResponse:
    """«Διαγωνισμοί»: those that receive offers by deadline, and the past ones."""
    window = "past" if request.GET.get("show") == "past" else "open"
    found = queries.tenders(window, request.at)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "window": window,
        "windows": WINDOWS.items(),
        "cycle": TENDER,
        "may_desk": access.allowed(request.actor, "tender.desk"),
    }
    return render(request, "registers/tenders.html", context)


@public
def tender(request: Request, pk: int) -> HttpResponse:
    """The public page of a tender: terms, acts, and after the award who was chosen."""
    row = one(request, "tender.page", _tenders(), pk=pk)
    mine = rows(request, "offer.write", Offer.objects.filter(tender=row))
    context = _content(row) | {
        "open": row.is_open(request.at),
        "now": request.at,
        "mine": mine.select_related("centre"),
        "may_offer": access.allowed(request.actor, "tender.offer", row),
        "may_manage": access.allowed(request.actor, "tender.manage", row),
        "crumbs": [
            {"label": "Διαγωνισμοί", "url": reverse("registers:tenders")},
            {"label": row.title},
        ],
    }
    return render(request, "registers/tender.html", context)


def _tenders() -> Any:
    return Tender.objects.select_related("body", "prefecture", "form__form", "winner__centre")


def _content(row: Tender) -> dict[str, Any]:
    return {
        "tender": row,
        "cycle": TENDER,
        "acts": row.acts.select_related("file"),
        "questions": [
            (one.label, wording.rule(one) if one.rule else "")
            for one in row.form.parsed().questions()
        ],
        "chosen": row.winner if row.state in {"awarded", "contracted"} else None,
    }


# The desk -----------------------------------------------------------------------------------------


@guarded("tender.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The tenders of my bodies, the newest first."""
    found = rows(request, "tender.manage", Tender.objects.select_related("body", "prefecture"))
    page = Paginator(found.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "registers/tender_desk.html", {"page": page, "cycle": TENDER})


def _of_body(request: Request, pk: int) -> Tender:
    found: Tender = one(request, "tender.manage", _tenders(), pk=pk)
    return found


def _crumbs(row: Tender, here: str = "") -> list[dict[str, str]]:
    found = [{"label": "Διαγωνισμοί του φορέα", "url": reverse("registers:tender-desk")}]
    if not here:
        return [*found, {"label": row.title}]
    page = reverse("registers:desk-tender", args=[row.pk])
    return [*found, {"label": row.title, "url": page}, {"label": here}]


@guarded("tender.manage")
def desk_tender(request: Request, pk: int) -> HttpResponse:
    """One tender as its officers see it; the offers only after they were opened."""
    row = _of_body(request, pk)
    unsealed = row.state in UNSEALED
    context = _content(row) | {
        "now": request.at,
        "states": TenderState,
        "offer_cycle": OFFER,
        "unsealed": unsealed,
        "offers": _judged(row) if unsealed else [],
        "steps": buttons(request, TENDER, row),
        "may": {name: TENDER.can(name, row, request.actor, request.at) for name in ACTS},
        "entries": journal.of(row)[:30],
        "crumbs": _crumbs(row),
    }
    return render(request, "registers/desk_tender.html", context)


ACTS = ("open_offers", "award", "note_objection", "contract")


def _judged(row: Tender) -> list[tuple[Offer, Any]]:
    """The submitted offers in their order, those that were excluded last."""
    order = {one.bid.id: one for one in queries.order_of_offers(row)}
    known = row.offers.exclude(state=OfferState.DRAFT).select_related("centre")
    found = {offer.pk: offer for offer in known}
    ids = [*order, *(pk for pk in found if pk not in order)]
    return [(found[pk], order.get(pk)) for pk in ids]


@guarded("tender.desk", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new tender with its terms."""
    bodies = queries.bodies_of(request.actor)
    form = TenderForm(bodies, queries.forms_of(bodies), request.POST or None, initial=STANDARD)
    if form.is_valid():
        body = form.cleaned_data.pop("body", None) or bodies[0]
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            made = operations.prepare_tender(body, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, "Το πρόχειρο αποθηκεύτηκε. Ελέγξτε το και δημοσιεύστε.")
            return redirect("registers:desk-tender", made.pk)
    context = {"form": form, "cancel_url": reverse("registers:tender-desk")}
    return form_page(request, "registers/tender_write.html", form, context)


STANDARD = {"rule": "lowest", "weight": 60, "standstill_days": 10}


@guarded("tender.manage")
def write(request: Request, pk: int) -> HttpResponse:
    """The terms of a draft."""
    row = _of_body(request, pk)
    if row.state != TenderState.DRAFT:
        return redirect("registers:desk-tender", pk)
    bodies = queries.bodies_of(request.actor).filter(pk=row.body_id)
    shown = {name: getattr(row, name) for name in CONTENT}
    form = TenderForm(bodies, queries.forms_of(bodies), request.POST or None, initial=shown)
    done, refused = saved(
        request, form, lambda **by: operations.write_tender(row, **by, **form.cleaned_data)
    )
    if done:
        messages.success(request, "Αποθηκεύτηκε.")
        return redirect("registers:desk-tender", pk)
    context = {"form": form, "tender": row, "crumbs": _crumbs(row, "Όροι")}
    context["cancel_url"] = reverse("registers:desk-tender", args=[pk])
    theirs = [("Αντικείμενο και όροι", row.text), ("Τίτλος", row.title)]
    context |= opened(request, row, operations.TENDER_WRITTEN, refused, theirs)
    return form_page(request, "registers/tender_write.html", form, context)


# Acts with words and papers -----------------------------------------------------------------------


def _act(
    request: Request,
    row: Tender,
    form: ActForm,
    take: Callable[[dict[str, Any]], object],
    heading: str,
    **more: Any,
) -> HttpResponse:
    """The page of one act: what is refused stands on the form with what was typed."""
    if form.is_valid():
        try:
            take(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{heading}: καταχωρίστηκε.")
            return redirect("registers:desk-tender", row.pk)
    context = {"form": form, "tender": row, "heading": heading, "crumbs": _crumbs(row, heading)}
    context |= {"cancel_url": reverse("registers:desk-tender", args=[row.pk])} | more
    return form_page(request, "registers/tender_act.html", form, context)


@guarded("tender.manage")
def unseal(request: Request, pk: int) -> HttpResponse:
    """Open the offers, with the minutes."""
    row = _of_body(request, pk)
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    form = ActForm("Πρακτικό αποσφράγισης", request.POST or None)

    def take(data: dict[str, Any]) -> None:
        operations.open_offers(row, minutes=data["words"], **by)

    return _act(request, row, form, take, "Αποσφράγιση")


@guarded("tender.manage")
def award(request: Request, pk: int) -> HttpResponse:
    """Award to the first by the rule, with the decision."""
    row = _of_body(request, pk)
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    form = PaperActForm("Σκεπτικό", request.POST or None, request.FILES or None)
    offers = Offer.objects.filter(pk=operations.first_offer(row)).select_related("centre")
    first = offers.first() if row.state in UNSEALED else None

    def take(data: dict[str, Any]) -> None:
        was = number(request.POST.get("first", "")) or 0
        operations.award(row, decision=data["words"], paper=data["paper"], seen=was, **by)

    return _act(request, row, form, take, "Κατακύρωση", first=first)


@guarded("tender.manage")
def objection(request: Request, pk: int) -> HttpResponse:
    """Note an objection against the award."""
    row = _of_body(request, pk)
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    form = ActForm("Ποιος υπέβαλε ένσταση και τι ζητά", request.POST or None)

    def take(data: dict[str, Any]) -> None:
        operations.note_objection(row, reason=data["words"], **by)

    return _act(request, row, form, take, "Ένσταση")


@guarded("tender.manage")
def contract(request: Request, pk: int) -> HttpResponse:
    """Enter the contract with its document."""
    row = _of_body(request, pk)
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    form = PaperActForm("Στοιχεία της σύμβασης", request.POST or None, request.FILES or None)

    def take(data: dict[str, Any]) -> None:
        operations.contract(row, words=data["words"], paper=data["paper"], **by)

    return _act(request, row, form, take, "Σύμβαση")
