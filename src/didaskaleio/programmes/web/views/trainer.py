"""Pages of a trainer: programmes that name me, agreement, proposals of changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes import notices, operations, queries
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.web.forms import SuggestForm


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
    revision = request.POST.get("revision", "")
    act(
        programme,
        actor=request.actor,
        at=request.at,
        revision=int(revision) if revision.isdigit() else 0,
    )
    messages.success(request, "Η συμφωνία σας καταγράφηκε. Το κέντρο ειδοποιήθηκε.")
    return redirect("programmes:proposal", pk)


@guarded("programme.suggest")
def suggest(request: Request, pk: int) -> HttpResponse:
    """Propose changes: a comment, another hour, a day earlier or later."""
    found = queries.with_relations(Programme.objects.prefetch_related("slots"))
    programme = one(request, "programme.suggest", found, pk=pk)
    form = SuggestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        slots = _shifted(programme, int(data["shift"]), data["start"])
        operations.suggest(
            programme, actor=request.actor, at=request.at, message=data["message"], slots=slots
        )
        notices.changes_proposed(programme, data["message"], at=request.at)
        messages.success(request, "Η πρότασή σας στάλθηκε στο κέντρο.")
        return redirect("programmes:proposal", pk)
    return render(request, "programmes/suggest.html", {"form": form, "programme": programme})


def _shifted(programme: Programme, days: int, start: Any) -> list[dict[str, Any]]:
    """The timetable with every meeting a day off or at another hour; empty for a comment only."""
    if not days and start is None:
        return []
    return [
        {
            "kind": slot.kind,
            "date": (slot.date + timedelta(days=days)).isoformat(),
            "start": f"{start or slot.start:%H:%M}",
        }
        for slot in programme.slots.all()
    ]
