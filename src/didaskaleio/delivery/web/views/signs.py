"""Signs of presence on screen: the code of the room, marks of a device, what disagrees."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.delivery.rules import codes
from didaskaleio.delivery.web import devices, forms, show
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.words_display import iso_moment

CONFLICT = 409
LATEST = 6


def taught(request: Request, pk: int) -> TrainingSession:
    """A session of the trainer of this request."""
    return one(
        request, "session.teach", queries.with_programme(TrainingSession.objects.all()), pk=pk
    )


@guarded("session.teach")
def code(request: Request, pk: int) -> HttpResponse:
    """The code on the big screen; it asks for the next one by itself."""
    found = taught(request, pk)
    open_now = queries.may_mark(found, request.at) and request.at <= found.ends_at
    context = {"session": found, "open": open_now, "what": show.what(found, show.total_of(
        found.programme
    )), "when": show.when(found), "cancel_url": reverse("delivery:session", args=[pk])}  # fmt: skip
    if open_now:
        context |= _code(request, found)
    template = "delivery/code_now.html" if request.htmx else "delivery/code.html"
    return render(request, template, context)


def _code(request: Request, session: TrainingSession) -> dict[str, Any]:
    page = request.build_absolute_uri(reverse("delivery:check-in"))
    people = [row for row in queries.roll(session) if row.application_id]
    arrived = list(queries.checked_in(session))
    return codes.screen(queries.code_of(session, request.at), page, request.at) | {
        "people": len(people),
        "arrived": len(arrived),
        "names": [sign.row.person.given_name for sign in arrived[:LATEST]],
        "poll": reverse("delivery:code", args=[session.pk]),
    }


@require_POST
@guarded("session.teach")
def marks(request: Request, pk: int) -> HttpResponse:
    """Marks that a device made, perhaps without a line; answers what has arrived."""
    found = taught(request, pk)
    try:
        sent = devices.read(request.POST, request.at)
        overtaken = operations.merge(
            found, sent, topic=devices.topic(request.POST), actor=request.actor, at=request.at
        )
    except Refusal as refusal:
        return JsonResponse(
            {"refused": str(refusal)},
            status=CONFLICT,
            json_dumps_params={"ensure_ascii": False},
        )
    return JsonResponse(
        {
            "saved": show.hour(request.at),
            "moment": iso_moment(request.at),
            "overtaken": overtaken,
            "signed": found.state in {SessionState.SIGNED, SessionState.CORRECTED},
        }
    )


@guarded("session.teach")
def disagreements(request: Request, pk: int) -> HttpResponse:
    """Where the sources disagree, one decision with its reason for each person."""
    found = taught(request, pk)
    form = forms.RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = one(request, "session.rule", Attendance.objects.filter(session=found),
                  pk=form.cleaned_data["row"])  # fmt: skip
        reason = form.cleaned_data["reason"]
        operations.rule(row, form.marking, reason=reason, actor=request.actor, at=request.at)
        messages.success(request, f"Αποφασίστηκε: {row.person}.")
        return redirect("delivery:disagreements", pk=pk)
    return render(request, "delivery/disagreements.html", _disagreements(request, found, form))


def _disagreements(request: Request, session: TrainingSession, form: Any) -> dict[str, Any]:
    return {
        "session": session,
        "when": show.when(session),
        "form": form,
        "waiting": show.disagreements(queries.disagreements(session, request.at)),
        "longest": show.longest(session, request.at),
        "rulings": show.rulings(session),
        "crumbs": show.crumbs(
            (str(session), reverse("delivery:session", args=[session.pk])), ("Ασυμφωνίες", "")
        ),
    }


@guarded("delivery.teaching", about_object=False)
def worker(request: Request) -> HttpResponse:
    """The script that keeps the page of attendance on the device for when there is no line."""
    return _script(request)


@guarded("visit.list", about_object=False)
def visit_worker(request: Request) -> HttpResponse:
    """The same for the checklist of a visit: a worker keeps only pages below its own address."""
    return _script(request)


def _script(request: Request) -> HttpResponse:
    return render(request, "delivery/worker.js", content_type="text/javascript; charset=utf-8")
