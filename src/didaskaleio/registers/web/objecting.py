"""Pages of objections: the candidate's, the list of those that I may see, one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, queries, standings
from didaskaleio.registers.enums import ObjectionState
from didaskaleio.registers.lifecycle import OBJECTION
from didaskaleio.registers.models import Candidacy, Objection
from didaskaleio.registers.web.objection_forms import ObjectionForm
from didaskaleio.registers.web.rows import form_page

PAGE = 50
DIGITS = 9


@guarded("candidacy.write")
def new(request: Request, pk: int) -> HttpResponse:
    """An objection on one's own candidacy, with documents new or of the wallet."""
    rows = Candidacy.objects.select_related("call__body", "person")
    row = one(request, "candidacy.write", rows, pk=pk)
    why = standings.why_no_objection(row.call, row, request.at)
    kept = list(queries.wallet(row.person_id, localdate(request.at)))
    form = ObjectionForm(kept, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _objected(request, row, form)
        if made is not None:
            messages.success(request, f"Η ένσταση υποβλήθηκε με αριθμό {made.receipt_number}.")
            return redirect("registers:objection", made.pk)
    context = {"form": form, "candidacy": row, "call": row.call, "why": why}
    context["listed"] = standings.lists_of(row.call).first()
    context["cancel_url"] = reverse("registers:candidacy", args=[pk])
    context["crumbs"] = [
        {"label": "Υποψηφιότητα", "url": reverse("registers:candidacy", args=[pk])},
        {"label": "Ένσταση"},
    ]
    context["now"] = request.at
    return form_page(request, "registers/object.html", form, context)


def _objected(request: Request, row: Candidacy, form: ObjectionForm) -> Objection | None:
    """Keep the new document and object; a refusal leaves everything as it was."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    upload, papers = form.cleaned_data["file"], form.chosen()
    try:
        with transaction.atomic():
            if upload:
                title = f"Έγγραφο ένστασης: {upload.name}"
                papers.append(operations.keep(upload, title=title, **by))
            return operations.object_to(row, text=form.cleaned_data["text"], papers=papers, **by)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


@guarded("objection.desk", about_object=False)
def objections(request: Request) -> HttpResponse:
    """The objections that the committee decides, or that a body awaits."""
    found = rows(request, "objection.read", Objection.objects.select_related("call", "candidacy"))
    call = request.GET.get("call", "")
    if call.isdecimal() and len(call) <= DIGITS:
        found = found.filter(call=int(call))
    offered = desks.views(ObjectionState)
    desk = desks.by_state(request, found, offered, start=ObjectionState.SUBMITTED)
    context = {
        "page": Paginator(desk.rows.order_by("at", "pk"), PAGE).get_page(request.GET.get("page")),
        "cycle": OBJECTION,
        "desk": desk,
        "call": call,
    }
    return render(request, "registers/objections.html", context)


@guarded("objection.page")
def objection(request: Request, pk: int) -> HttpResponse:
    """One objection: what it says, its documents, its receipt, the decision."""
    found = Objection.objects.select_related(
        "call__body", "call__form", "candidacy__person", "candidacy__submission", "receipt__file"
    )
    row = one(request, "objection.page", found, pk=pk)
    own = row.candidacy.person_id == request.actor.user_id
    context = {
        "objection": row,
        "call": row.call,
        "candidacy": row.candidacy,
        "own": own,
        "cycle": OBJECTION,
        "states": ObjectionState,
        "papers": [paper.evidence for paper in row.papers.select_related("evidence__file")],
        "standing": row.candidacy.standings.select_related("list").order_by("pk").first(),
        "may_decide": OBJECTION.can("decide", row, request.actor, request.at),
        "steps": buttons(request, OBJECTION, row),
        "entries": journal.of(row)[:20] if not own else None,
        "crumbs": _crumbs(row, own=own),
    }
    return render(request, "registers/objection.html", context)


def _crumbs(row: Objection, *, own: bool) -> list[dict[str, str]]:
    if own:
        label, url = "Υποψηφιότητα", reverse("registers:candidacy", args=[row.candidacy_id])
    else:
        label, url = "Ενστάσεις", reverse("registers:objections")
    return [{"label": label, "url": url}, {"label": f"Ένσταση {row.receipt_number}"}]
