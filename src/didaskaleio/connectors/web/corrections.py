"""Pages of requests to correct: filed from the profile, listed, answered."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.connectors import operations
from didaskaleio.connectors.enums import CorrectionState
from didaskaleio.connectors.lifecycle import CORRECTION
from didaskaleio.connectors.models import Correction
from didaskaleio.connectors.web.forms import CorrectionForm
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.models import Person, SchoolService

PAGE = 50


@guarded("correction.answer", about_object=False)
def listed(request: Request) -> HttpResponse:
    """«Αιτήματα διόρθωσης»: those that wait first, the oldest of them at the top."""
    found = rows(request, "correction.answer", Correction.objects.select_related("person"))
    offered = desks.views(CorrectionState, "Όλα")
    desk = desks.by_state(request, found, offered, start=CorrectionState.OPEN)
    return _list(request, desk.rows.order_by("at", "pk"), desk)


@guarded("correction.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My requests, the latest first."""
    own = Correction.objects.filter(person_id=request.actor.person_id)
    return _list(request, own.select_related("person").order_by("-at", "-pk"), None)


def _list(
    request: Request, found: QuerySet[Correction], desk: desks.Desk[Correction] | None
) -> HttpResponse:
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "lifecycle": CORRECTION,
        "own": desk is None,
        "desk": desk,
        "person": request.actor.user_id,
    }
    return render(request, "connectors/corrections.html", context)


@guarded("correction.view")
def shown(request: Request, pk: int) -> HttpResponse:
    """One request: what is held, what is asked, the answer."""
    found = Correction.objects.select_related("person__teacher__specialty")
    row = one(request, "correction.view", found, pk=pk)
    context = {
        "row": row,
        "services": SchoolService.objects.filter(teacher__person=row.person_id)
        .select_related("school")
        .order_by("-valid_from", "pk"),
        "lifecycle": CORRECTION,
        "steps": buttons(request, CORRECTION, row),
        "entries": journal.of(row),
        "states": CorrectionState,
    }
    return render(request, "connectors/correction.html", context)


@guarded("correction.file")
def new(request: Request, pk: int) -> HttpResponse:
    """A request of one's own about a fact that MySchool owns."""
    person = one(request, "correction.file", Person.objects.all(), pk=pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = operations.request_correction(
                person, actor=request.actor, at=request.at, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error("fact", str(refusal))
        else:
            messages.success(request, "Το αίτημα υποβλήθηκε. Θα ειδοποιηθείτε για την απάντηση.")
            return redirect("connectors:correction", row.pk)
    context = {"form": form, "cancel_url": reverse("people:profile")}
    return render(
        request, "connectors/new_correction.html", context, status=422 if form.errors else 200
    )
