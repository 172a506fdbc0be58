"""Who acts in this request, and when: ``request.actor`` and ``request.at``."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from didaskaleio.kernel import clock
from didaskaleio.kernel.access import NOBODY
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.web import sessions
from didaskaleio.people.web.session_store import SessionStore


class ActorMiddleware:
    """Whoever is signed in, with the open posts; read once a request, as the clock is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        session = cast("SessionStore", request.session)
        found = session.signed_in()
        request.at = session.at or clock.now()
        request.user, request.actor = found or (AnonymousUser(), NOBODY)
        if found is None:
            return self.get_response(request)
        sessions.go_on(request)
        response = self.get_response(request)
        # what one person sees is not for the next one at the same computer
        response.setdefault("Cache-Control", "private, no-store")
        return response
