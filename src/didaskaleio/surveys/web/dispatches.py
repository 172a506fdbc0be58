"""Dispatches to the ministry: what was sent, sending, the page on which arrival is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.surveys import operations, queries
from didaskaleio.surveys.documents import CUTS, dispatch_lines
from didaskaleio.surveys.enums import DispatchState
from didaskaleio.surveys.errors import DispatchRefusedError
from didaskaleio.surveys.lifecycle import DISPATCH
from didaskaleio.surveys.models import Dispatch

ALL = {"label": "Διαβιβάσεις", "url": "/surveys/dispatches/"}
FOUND = Dispatch.objects.select_related(
    "questionnaire__form", "body", "sent_by", "received_by", "document__file"
)


@guarded("dispatch.desk", about_object=False)
def dispatches(request: Request) -> HttpResponse:
    """What was sent to the ministry, the last first."""
    found = rows(request, "dispatch.read", FOUND.order_by("-sent_at", "-pk"))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    lines = [(row, queries.school_year(row.year)) for row in page]
    context = {"page": page, "lines": lines, "cycle": DISPATCH}
    return render(request, "surveys/dispatches.html", context)


@require_POST
@guarded("questionnaire.manage")
def send(request: Request, pk: int) -> HttpResponseRedirect:
    """Send the results of a school year."""
    row = one(request, "questionnaire.manage", queries.questionnaires(), pk=pk)
    year = number(request.POST.get("year", ""))
    if year is None or year not in queries.years_of(row.surveys.all()):
        raise DispatchRefusedError("Επιλέξτε σχολικό έτος από τον κατάλογο και στείλτε ξανά.")
    made = operations.dispatch(row, year, actor=request.actor, at=request.at)
    messages.success(request, f"Διαβιβάστηκε με αριθμό {made.number}.")
    return redirect(reverse("surveys:dispatch", args=[made.pk]))


@guarded("dispatch.read")
def dispatch(request: Request, pk: int) -> HttpResponse:
    """One package as it was sent, and its receipt."""
    row = one(request, "dispatch.read", FOUND, pk=pk)
    context = {
        "dispatch": row,
        "year": queries.school_year(row.year),
        "cycle": DISPATCH,
        "cuts": [(title, dispatch_lines(row.content, by)[:50]) for by, title in CUTS],
        "steps": buttons(request, DISPATCH, row),
        "entries": journal.of(row)[:20],
        "states": DispatchState,
        "crumbs": [ALL, {"label": row.number}],
    }
    return render(request, "surveys/dispatch.html", context)
