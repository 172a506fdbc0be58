"""Pages of requests to the operating service: the list, a new one, one of them, its delivery."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, files, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.observatory import operations
from didaskaleio.observatory.enums import RequestKind, RequestState
from didaskaleio.observatory.lifecycle import REQUEST
from didaskaleio.observatory.models import AdHocReport, SpecialRequest
from didaskaleio.observatory.web.forms import DeliveryForm, RequestForm

PAGE = 50
WAITING = (RequestState.SUBMITTED, RequestState.TAKEN, RequestState.ASKED, RequestState.DELIVERED)
OPEN = desks.View("open", "Ανοιχτά", frozenset(map(str, WAITING)))


@guarded("request.desk", about_object=False)
def listed(request: Request) -> HttpResponse:
    """The requests that I filed, or all of them for whoever serves, the latest first."""
    kind = request.GET.get("kind", "")
    found = rows(request, "request.read", SpecialRequest.objects.all())
    found = found.filter(kind=kind) if kind in RequestKind.values else found
    every, *states = desks.views(RequestState, "Όλα")
    desk = desks.by_state(request, found, [every, OPEN, *states])
    listed = desk.rows.select_related("person").order_by("-at", "-pk")
    context = {
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")),
        "desk": desk,
        "kind": kind,
        "kinds": RequestKind.choices,
        "cycle": REQUEST,
        "serves": access.allowed(request.actor, "request.serve"),
        "may_file": access.allowed(request.actor, "request.file"),
    }
    return render(request, "observatory/requests.html", context)


def _crumbs(here: str) -> list[dict[str, str]]:
    first = {"label": "Αιτήματα στην υπηρεσία", "url": reverse("observatory:requests")}
    return [first, {"label": here, "url": ""}]


@guarded("request.file", about_object=False)
def new(request: Request) -> HttpResponse:
    """A request of one's own."""
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = operations.request_service(actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Το αίτημα υποβλήθηκε. Θα ειδοποιηθείτε για κάθε εξέλιξη.")
        return redirect("observatory:request", row.pk)
    context = {
        "form": form,
        "cancel_url": reverse("observatory:requests"),
        "crumbs": _crumbs("Νέο αίτημα"),
    }
    status = 422 if form.errors else 200
    return render(request, "observatory/new_request.html", context, status=status)


@guarded("request.read")
def shown(request: Request, pk: int) -> HttpResponse:
    """One request: what was asked, what was said, what was delivered."""
    found = SpecialRequest.objects.select_related("person", "operator", "file", "report")
    row = one(request, "request.read", found, pk=pk)
    context = {
        "row": row,
        "cycle": REQUEST,
        "steps": buttons(request, REQUEST, row),
        "entries": journal.of(row),
        "states": RequestState,
        "delivers": REQUEST.can("deliver", row, request.actor, request.at),
        "files": _files(row),
        "own": row.person_id == request.actor.user_id,
        "crumbs": _crumbs(str(row)),
    }
    return render(request, "observatory/request.html", context)


def _files(row: SpecialRequest) -> list[StoredFile]:
    """What was delivered, the latest first: what was given back stays."""
    label = journal.label(row)
    found = StoredFile.objects.filter(subject=label, subject_id=row.pk)
    return list(found.order_by("-at", "-pk")[:PAGE])


@limited(UPLOADS, by_person)
@guarded("request.serve")
def deliver(request: Request, pk: int) -> HttpResponse:
    """Deliver a file, a report of one's own, or the words that a setting needs."""
    row = one(request, "request.serve", SpecialRequest.objects.select_related("person"), pk=pk)
    own = AdHocReport.objects.filter(owner_id=request.actor.user_id).exclude(state="archived")
    form = DeliveryForm(own, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.deliver(row, actor=request.actor, at=request.at, **form.cleaned_data)
        except files.FileRefusedError as refusal:
            form.add_error("upload", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Το αίτημα παραδόθηκε.")
            return redirect("observatory:request", pk)
    back = reverse("observatory:request", args=[pk])
    context = {"form": form, "row": row, "cancel_url": back}
    status = 422 if form.errors else 200
    return render(request, "observatory/deliver.html", context, status=status)
