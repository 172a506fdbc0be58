"""The recording of a session: what there is, until when, and the way to watch it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.delivery import minutes, operations, queries
from didaskaleio.delivery.enums import RecordingState
from didaskaleio.delivery.lifecycle import RECORDING
from didaskaleio.delivery.models import SessionRecording, TrainingSession
from didaskaleio.delivery.web import show
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons


def recorded(request: Request, session: TrainingSession) -> dict[str, Any]:
    """What the page of a session says of its recording, as far as the person may read it."""
    kept = SessionRecording.objects.filter(session=session)
    found = access.visible(request.actor, "recording.read", kept).prefetch_related("parts").first()
    return {
        "recording": found,
        "recording_cycle": RECORDING,
        "recorded_until": queries.recordings.foretold(session, request.at),
    }


@guarded("recording.list", about_object=False)
def recordings(request: Request) -> HttpResponse:
    """The recordings that the person answers for, the latest session first."""
    found = rows(request, "recording.account", SessionRecording.objects.all())
    desk = desks.by_state(request, found, desks.views(RecordingState))
    shown = queries.recordings.shown(desk.rows).prefetch_related("parts")
    listed = shown.order_by("-session__starts_at", "-pk")
    context = {
        "page": Paginator(listed, 50).get_page(request.GET.get("page")),
        "cycle": RECORDING,
        "desk": desk,
    }
    return render(request, "delivery/recordings.html", context)


@guarded("recording.read")
def recording(request: Request, pk: int) -> HttpResponse:
    """One recording: its parts, who may watch, until when; for its keepers also who did."""
    known = queries.recordings.shown(SessionRecording.objects.all())
    found = one(request, "recording.read", known, pk=pk)
    session, accounts = found.session, access.allowed(request.actor, "recording.account", found)
    context = {
        "recording": found,
        "parts": list(found.parts.all()),
        "session": session,
        "programme": session.programme,
        "when": show.when(session),
        "cycle": RECORDING,
        "states": RecordingState,
        "steps": buttons(request, RECORDING, found),
        "plays": found.state == RecordingState.AVAILABLE and minutes.classroom() is not None,
        "entries": journal.of(found)[:20] if accounts else None,
        "crumbs": _crumbs(request, session),
    }
    return render(request, "delivery/recording.html", context)


def _crumbs(request: Request, session: TrainingSession) -> list[dict[str, str]]:
    if access.allowed(request.actor, "session.read", session):
        above = (str(session), reverse("delivery:session", args=[session.pk]))
    elif access.allowed(request.actor, "delivery.mine"):
        above = ("Οι παρουσίες μου", reverse("delivery:mine"))
    else:
        above = ("Μαγνητοσκοπήσεις", reverse("delivery:recordings"))
    return show.crumbs(above, ("Μαγνητοσκόπηση", ""))


@guarded("recording.read")
def watch(request: Request, pk: int) -> HttpResponse:
    """To the classroom's own page that plays it; the journal keeps who went."""
    found = one(request, "recording.read", SessionRecording.objects.all(), pk=pk)
    part, way = number(request.GET.get("part", "")), number(request.GET.get("way", ""))
    if part is None or way is None or minutes.classroom() is None:
        raise Http404
    return HttpResponseRedirect(
        operations.watch(found, part, way, actor=request.actor, at=request.at)
    )
