"""Employment attestations: what I did and ask for; the body's desk; one attestation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.completion import operations, queries
from didaskaleio.completion.enums import EmploymentState
from didaskaleio.completion.lifecycle import EMPLOYMENT
from didaskaleio.completion.models import EmploymentAttestation
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes.models import Programme

PAGE = 50
MINE = ("Η απασχόλησή μου", "employment-mine")


@guarded("own.pages", about_object=False)
def mine(request: Request) -> HttpResponse:
    """The programmes in which I have hours, with what I asked for."""
    found = queries.worked_by(request.actor.user_id or 0, request.at)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "lifecycle": EMPLOYMENT}
    return render(request, "completion/my_employment.html", context)


@require_POST
@guarded("own.pages", about_object=False)
def ask(request: Request) -> HttpResponse:
    """Ask for an attestation of my work in one of these programmes."""
    mine = [
        worked.programme.pk for worked in queries.worked_by(request.actor.user_id or 0, request.at)
    ]
    wanted = number(request.POST.get("programme", "")) or 0
    programme = Programme.objects.filter(pk=wanted, pk__in=mine).first()
    if programme is None:
        messages.error(request, "Διαλέξτε ένα πρόγραμμα από τη λίστα σας.")
    else:
        purpose = request.POST.get("purpose", "")
        operations.ask_employment(programme, actor=request.actor, at=request.at, purpose=purpose)
        messages.success(request, f"Το αίτημα για το {programme.code} στάλθηκε στον φορέα.")
    return HttpResponseRedirect(reverse("completion:employment-mine"))


@guarded("employment.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The body's employment attestations by state, the oldest request first."""
    found = rows(request, "employment.issue", queries.employments())
    desk = desks.by_state(request, found, desks.views(EmploymentState))
    shown = Paginator(desk.rows.order_by("at", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "desk": desk, "lifecycle": EMPLOYMENT}
    return render(request, "completion/employments.html", context)


@guarded("employment.read")
def employment(request: Request, pk: int) -> HttpResponse:
    """One employment attestation: hours, document, steps, history."""
    found = one(request, "employment.read", queries.employments(), pk=pk)
    lines = queries.kept(found, request.at)
    context = {
        "attestation": found,
        "lines": lines,
        "hours": sum(line.hours for line in lines),
        "contradicted": queries.contradicted(found, request.at),
        "lifecycle": EMPLOYMENT,
        "steps": buttons(request, EMPLOYMENT, found),
        "entries": journal.of(found),
        "states": EmploymentState,
        "crumbs": _crumbs(request, found),
    }
    return render(request, "completion/employment.html", context)


def _crumbs(request: Request, found: EmploymentAttestation) -> list[dict[str, str]]:
    """The way back: to the body's desk for whoever issues, to one's own work for the person."""
    desk = access.allowed(request.actor, "employment.issue", found)
    label, place = ("Βεβαιώσεις απασχόλησης", "employments") if desk else MINE
    return [
        {"label": label, "url": reverse(f"completion:{place}")},
        {"label": f"{found.person}, {found.programme.code}", "url": ""},
    ]
