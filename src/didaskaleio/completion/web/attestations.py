"""The officer's attestations: filters, selection, preview, issue in bulk, revision."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.completion import operations, queries, reports
from didaskaleio.completion.documents import ATTESTATION_PDF, draft_of
from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.lifecycle import ATTESTATION
from didaskaleio.completion.models import Attestation
from didaskaleio.completion.web.forms import ReasonForm
from didaskaleio.credentials.operations import unprintable
from didaskaleio.kernel import documents, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number, numbers
from didaskaleio.kernel.web.steps import buttons

PAGE = 50
SELECTION = ("id", "all", "q", "period", "programme")


def _mine(request: Request) -> QuerySet[Attestation]:
    return rows(request, "attestation.issue", queries.attestations())


def _filtered(found: QuerySet[Attestation], given: QueryDict) -> QuerySet[Attestation]:
    text = given.get("q", "").replace("\0", "").strip()[:80]
    if text:
        found = reports.named(found, text)
    for name, path in (("period", "programme__period_id"), ("programme", "programme_id")):
        if (value := given.get(name, "")).isascii() and value.isdecimal():
            found = found.filter(**{path: number(value) or 0})
    return found


@guarded("attestation.desk", about_object=False)
def attestations(request: Request) -> HttpResponse:
    """Attestations of my body: owed, issued, revoked, replaced."""
    found = _filtered(_mine(request), request.GET)
    desk = desks.by_state(request, found, desks.views(AttestationState))
    context = {
        "page": Paginator(desk.rows, PAGE).get_page(request.GET.get("page")),
        "desk": desk,
        "owed": desk.counts.get(AttestationState.OWED, 0),
        "periods": reports.periods(request.actor, request.at),
        "given": request.GET,
        "lifecycle": ATTESTATION,
    }
    return render(request, "completion/attestations.html", context)


def _selected(request: Request) -> QuerySet[Attestation]:
    """The owed rows that the form names: those ticked, or all that the filters show."""
    owed = _mine(request).filter(state=AttestationState.OWED)
    if request.POST.get("all") == "1":
        return _filtered(owed, request.POST)
    return owed.filter(pk__in=numbers(request.POST.getlist("id")[:PAGE]))


@require_POST
@guarded("attestation.desk", about_object=False)
def preview(request: Request) -> HttpResponse:
    """What will be issued: how many, to whom, and a specimen; nothing happens yet."""
    found = _selected(request)
    first = found.first()
    if first is None:
        raise Refusal("Επιλέξτε τουλάχιστον μία βεβαίωση που οφείλεται.")
    context = {
        "count": found.count(),
        "first": first,
        "shown": list(found[:PAGE]),
        "fields": [(k, v) for k in SELECTION for v in request.POST.getlist(k)],
        "limit": operations.BATCH_LIMIT,
        "whole": _owed_list(request),
    }
    return render(request, "completion/preview.html", context)


def _owed_list(request: Request) -> str:
    """The list of what is owed, with the filters of the form."""
    given = {name: request.POST.get(name, "") for name in ("q", "period", "programme")}
    return f"{reverse('completion:attestations')}?{urlencode({'state': 'owed'} | given)}"


@require_POST
@guarded("attestation.desk", about_object=False)
def issue(request: Request) -> HttpResponse:
    """Begin the issue in the background and show its progress."""
    work = operations.begin_batch(_selected(request), actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("kernel:work", args=[work.key]))


@guarded("attestation.issue")
def attestation(request: Request, pk: int) -> HttpResponse:
    """One attestation: rules with numbers, document, revision, history."""
    found = one(request, "attestation.issue", queries.attestations(), pk=pk)
    context = {
        "attestation": found,
        "lifecycle": ATTESTATION,
        "steps": buttons(request, ATTESTATION, found),
        "entries": journal.of(found),
        "states": AttestationState,
    }
    return render(request, "completion/attestation.html", context)


@guarded("attestation.issue")
def specimen(request: Request, pk: int) -> HttpResponse:
    """The attestation as a specimen: without number, code and seal."""
    found = one(request, "attestation.issue", queries.attestations(), pk=pk)
    try:
        pdf = documents.render(ATTESTATION_PDF, found)
    except TypesettingError as error:
        raise unprintable(f"Η βεβαίωση «{found.application.person}»", error) from error
    return HttpResponse(pdf, content_type="application/pdf")


@guarded("attestation.issue")
def replace(request: Request, pk: int) -> HttpResponse:
    """Replace an issued attestation: what it says, what the new one will say, and why."""
    found = one(request, "attestation.issue", queries.attestations(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        newer = operations.reissue(found, actor=request.actor, at=request.at, reason=reason)
        messages.success(request, f"Εκδόθηκε η νέα βεβαίωση {newer.credential}.")
        return HttpResponseRedirect(reverse("completion:attestation", args=[newer.pk]))
    context = {"form": form, "attestation": found, "changes": _changes(found, request)}
    return render(request, "completion/replace.html", context, status=422 if form.errors else 200)


def _changes(attestation: Attestation, request: Request) -> list[tuple[str, str, str]]:
    """(label, as issued, as it will be) of what differs."""
    if attestation.credential is None:
        return []
    before = dict(attestation.credential.content)
    after = dict(draft_of(attestation, request.at).claims.labelled())
    given_anew = {"Αριθμός", "Εκδόθηκε", "Κωδικός επαλήθευσης"}
    labels = [x for x in dict.fromkeys((*before, *after)) if x not in given_anew]
    return [
        (x, before.get(x, "–"), after.get(x, "–")) for x in labels if before.get(x) != after.get(x)
    ]
