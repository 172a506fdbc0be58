"""My candidacies, one of them, its receipts; the wallet of documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.totals import tally
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, queries
from didaskaleio.registers.enums import RECEIVED, CandidacyState
from didaskaleio.registers.lifecycle import CANDIDACY
from didaskaleio.registers.models import Call, Candidacy, Evidence, Submission
from didaskaleio.registers.web.forms import EvidenceForm, NewEvidenceForm
from didaskaleio.registers.web.rows import crumbs_of

PAGE = 50
OPEN = (CandidacyState.DRAFT, CandidacyState.SUBMITTED)


@guarded("candidacy.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My candidacies, the latest first."""
    found = Candidacy.objects.filter(person_id=request.actor.person_id)
    found = found.select_related("call__body", "submission").order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "cycle": CANDIDACY, "now": request.at}
    return render(request, "registers/mine.html", context)


@guarded("candidacy.read")
def candidacy(request: Request, pk: int) -> HttpResponse:
    """One candidacy: what was submitted last, with its documents and points."""
    found = Candidacy.objects.select_related(
        "call__body", "call__form", "person", "sheet", "submission__receipt__file"
    )
    row = one(request, "candidacy.read", found, pk=pk)
    own = row.person_id == request.actor.user_id
    context = {
        "candidacy": row,
        "call": row.call,
        "own": own,
        "cycle": CANDIDACY,
        "now": request.at,
        "open": row.call.is_open(request.at) and row.state in OPEN,
        "versions": row.submissions.select_related("receipt__file") if own else [],
        "steps": buttons(request, CANDIDACY, row),
        "standings": row.standings.select_related("list").order_by("list_id"),
        "entries": journal.of(row)[:30],
        "may_ask": CANDIDACY.can("ask_completion", row, request.actor, request.at),
        "states": CandidacyState,
        "crumbs": _own_crumbs(row) if own else crumbs_of(row.call, f"Υποψηφιότητα {row.code}"),
    }
    return render(request, "registers/candidacy.html", context | _submitted(row))


def _submitted(row: Candidacy) -> dict[str, Any]:
    """What the version that counts says, and whether the draft says something else."""
    if row.submission is None or row.call.form is None:
        return {"groups": [], "tally": None, "changed": False, "asked": []}
    definition, kept = row.call.form.parsed(), row.submission.values
    return {
        "groups": queries.answers_in_words(definition, kept),
        "tally": tally(definition, kept),
        "asked": queries.asked_labels(definition, row.asked),
        "changed": row.sheet is not None and queries.differs(definition, row.sheet.values, kept),
    }


def _own_crumbs(row: Candidacy) -> list[dict[str, str]]:
    return [
        {"label": "Οι υποψηφιότητές μου", "url": reverse("registers:mine")},
        {"label": row.call.title},
    ]


@guarded("submission.own")
def receipt(request: Request, pk: int, version: int) -> HttpResponse:
    """The numbered receipt of one submitted version."""
    found = Submission.objects.select_related("candidacy__call__body", "receipt__file")
    row = one(request, "submission.own", found, candidacy=pk, version=version)
    context = {
        "submission": row,
        "candidacy": row.candidacy,
        "call": row.candidacy.call,
        "latest": row.pk == row.candidacy.submission_id,
        "open": row.candidacy.call.is_open(request.at),
        "cycle": CANDIDACY,
        "state": row.candidacy.state,
        "number": row.candidacy.code,
        "number_label": "Κωδικός υποψηφιότητας",
        "now": request.at,
        "crumbs": _own_crumbs(row.candidacy),
    }
    return render(request, "registers/receipt.html", context)


@guarded("call.manage")
def received(request: Request, pk: int) -> HttpResponse:
    """The candidacies of a call of my body, once its deadline has passed."""
    call = one(request, "call.manage", Call.objects.select_related("body"), pk=pk)
    found = rows(request, "candidacy.read", Candidacy.objects.filter(call=call))
    desk = desks.by_state(request, found.filter(state__in=RECEIVED), desks.views(RECEIVED))
    found = desk.rows.select_related("person", "submission").order_by("person__sort_key", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "page": page,
        "cycle": CANDIDACY,
        "desk": desk,
        "crumbs": crumbs_of(call, "Υποψηφιότητες"),
    }
    return render(request, "registers/received.html", context)


# The wallet ---------------------------------------------------------------------------------------


@guarded("candidacy.mine", about_object=False)
def wallet(request: Request) -> HttpResponse:
    """My documents: uploaded once, given to as many calls as they are needed for."""
    found = queries.with_uses(queries.wallet(request.actor.person_id))
    form = NewEvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data.pop("file")
            operations.keep(upload, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Το έγγραφο μπήκε στον φάκελό σας.")
            return redirect("registers:wallet")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "today": localdate(request.at)}
    status = 422 if form.errors else 200
    return render(request, "registers/wallet.html", context, status=status)


@guarded("evidence.own")
def evidence(request: Request, pk: int) -> HttpResponse:
    """Title and last day of one document."""
    row = one(request, "evidence.own", Evidence.objects.select_related("file"), pk=pk)
    shown = {"title": row.title, "until": row.valid_until}
    form = EvidenceForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        operations.describe(row, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Αποθηκεύτηκε.")
        return redirect("registers:wallet")
    crumbs = [{"label": "Ο φάκελός μου", "url": reverse("registers:wallet")}, {"label": row.title}]
    context = {"form": form, "evidence": row, "crumbs": crumbs}
    context["cancel_url"] = reverse("registers:wallet")
    status = 422 if form.errors else 200
    return render(request, "registers/evidence.html", context, status=status)


@require_POST
@guarded("evidence.own")
def drop(request: Request, pk: int) -> HttpResponseRedirect:
    """Take a document out of the wallet."""
    row = one(request, "evidence.own", Evidence.objects.all(), pk=pk)
    operations.drop(row, actor=request.actor, at=request.at)
    messages.success(request, "Το έγγραφο βγήκε από τον φάκελό σας.")
    return redirect("registers:wallet")
