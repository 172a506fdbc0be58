"""The operator's board of spaces (χώροι): what each course and action needs opened."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.spaces import operations, queries
from didaskaleio.kernel.spaces.declared import kinds
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request, number

DONE = {
    "open": "Ο χώρος άνοιξε.",
    "decline": "Καταγράφηκε ότι δεν διατίθεται εδώ.",
    "reset": "Ο χώρος οφείλεται ξανά.",
}


@guarded("space.decide", about_object=False)
def board(request: Request) -> HttpResponse:
    """Every object with its needs: owed, opened or not available, by whom and when."""
    found = queries.boards()
    page = Paginator(found, 10).get_page(request.GET.get("page"))
    context = {"page": page, "owed": sum(each.owed for each in found)}
    context["readable"] = {
        each.key for each in page if access.allowed(request.actor, each.kind.reads, each.thing)
    }
    return render(request, "kernel/spaces/board.html", context)


@require_POST
@guarded("space.decide", about_object=False)
def decide(request: Request, label: str, pk: int, need: str) -> HttpResponseRedirect:
    """Open a space, say that it is not available here, or take a decision back."""
    thing = _thing(label, pk)
    act, text = request.POST.get("act", ""), request.POST.get("text", "")[:300]
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if act == "open":
        operations.open_space(thing, need, place=text, **by)
    elif act == "decline":
        operations.decline_space(thing, need, reason=text, **by)
    elif act == "reset":
        operations.reset_space(thing, need, reason=text, **by)
    else:
        raise Refusal("Διαλέξτε αν ο χώρος άνοιξε, δεν διατίθεται ή οφείλεται ξανά.")
    messages.success(request, DONE[act])
    here = number(request.POST.get("page", "")) or 1
    return HttpResponseRedirect(f"{reverse('kernel:spaces')}?page={here}#{label}-{pk}")


def _thing(label: str, pk: int) -> Any:
    if label not in kinds:
        raise Http404
    found = apps.get_model(label)._base_manager.filter(pk=pk).first()  # noqa: SLF001
    if found is None:
        raise Http404
    return found
