"""Who acts in this request, and when: ``request.actor`` and ``request.at``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from didaskaleio.kernel import clock
from didaskaleio.kernel.access import NOBODY
from didaskaleio.kernel.web.http import Request
from didaskaleio.people import queries
from didaskaleio.people.web import sessions


class ActorMiddleware:
    """Load the person's open posts once a request; the clock is read once too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.at = clock.now()
        signed_in = request.user.is_authenticated
        request.actor = queries.actor_of(request.user, at=request.at) if signed_in else NOBODY
        if not signed_in:
            return self.get_response(request)
        sessions.go_on(request)
        response = self.get_response(request)
        # what one person sees is not for the next one at the same computer
        response.setdefault("Cache-Control", "private, no-store")
        return response
