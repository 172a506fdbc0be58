"""Pages of a trainer: programmes that name me, agreement, proposals of changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.web.changes import SlotRows, slot_rows
from didaskaleio.programmes.web.show import rules_panel

MESSAGE = 2000


@guarded("programme.of_trainer", about_object=False)
def programmes(request: Request) -> HttpResponse:
    """The programmes in which I teach, and the drafts that ask for my agreement."""
    found = queries.of_trainer(request.actor.person_id)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "programmes/trainer.html", {"page": page, "cycle": PROGRAMME})


@require_POST
@guarded("programme.agree")
def agree(request: Request, pk: int) -> HttpResponseRedirect:
    """Agree to the revision that was on the screen."""
    programme = one(request, "programme.agree", Programme.objects.all(), pk=pk)
    draft = programme.state == ProgrammeState.DRAFT
    act = operations.agree if draft else operations.agree_again
    act(
        programme,
        actor=request.actor,
        at=request.at,
        revision=number(request.POST.get("revision", "")) or 0,
    )
    messages.success(request, "Η συμφωνία σας καταγράφηκε. Το κέντρο ειδοποιήθηκε.")
    return redirect("programmes:proposal", pk)


def _draft(request: Request, pk: int) -> Programme:
    found = queries.with_relations(Programme.objects.prefetch_related("slots", "staff"))
    return one(request, "programme.suggest", found, pk=pk)


@guarded("programme.suggest")
def suggest(request: Request, pk: int) -> HttpResponse:
    """Propose changes slot by slot with a comment; «Έλεγχος» only tries them."""
    programme = _draft(request, pk)
    rows = slot_rows(programme, request.POST or None)
    message = request.POST.get("message", "")[:MESSAGE]
    if request.method == "POST" and rows.is_valid() and "try" not in request.POST:
        operations.suggest(
            programme,
            actor=request.actor,
            at=request.at,
            message=message,
            wanted=rows.wanted(),
            revision=number(request.POST.get("revision", "")) or 0,
        )
        messages.success(request, "Η πρότασή σας στάλθηκε στο κέντρο.")
        return redirect("programmes:proposal", pk)
    context = {"programme": programme, "rows": rows, "message": message, "limit": MESSAGE}
    return render(request, "programmes/suggest.html", context | _tried(programme, rows, request))


@require_POST
@guarded("programme.suggest")
def trial(request: Request, pk: int) -> HttpResponse:
    """The panel of rules as it would be with the changes being typed; nothing is saved."""
    programme = _draft(request, pk)
    panel = _tried(programme, slot_rows(programme, request.POST), request)
    return render(request, "programmes/rules_panel.html", {"programme": programme} | panel)


def _tried(programme: Programme, rows: SlotRows, request: Request) -> dict[str, Any]:
    """The rules on the changes as typed, on the stored timetable while they cannot be read."""
    if not rows.is_bound or not rows.is_valid():
        return rules_panel(programme, request.at)
    slots = operations.as_slots(programme, rows.wanted(), request.at)
    return rules_panel(programme, request.at, slots=tuple(slots))
