"""The way into the virtual classroom."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect

from didaskaleio.delivery import minutes, operations
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request


@guarded("session.enter")
def enter(request: Request, pk: int) -> HttpResponse:
    """To the classroom of this session, under one's own name."""
    rows = TrainingSession.objects.select_related("programme")
    found = one(request, "session.enter", rows, pk=pk)
    if minutes.classroom() is None:
        raise Http404
    return HttpResponseRedirect(operations.enter(found, actor=request.actor, at=request.at))
