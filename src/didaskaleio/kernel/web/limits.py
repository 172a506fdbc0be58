"""Limits at the door: from which address a request comes, and the page that says when to return."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from didaskaleio.kernel import limits
from didaskaleio.kernel.limits import Limit, TooOftenError
from didaskaleio.kernel.web.http import Request

log = logging.getLogger("didaskaleio.security")
TOO_MANY = 429
View = Callable[..., HttpResponseBase]
UPLOADS = limits.declare("upload", "αρχεία που ανεβαίνουν: πρόσωπο", 120, 3600)


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks; of IPv6 the network, which one household or school holds.

    Behind proxies the one nearest to them that we did not add ourselves: what a client writes
    into ``X-Forwarded-For`` stands before it and is not believed.
    """
    given: str = request.META.get("REMOTE_ADDR", "")
    passed = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part]
    if settings.PROXIES and len(passed) >= settings.PROXIES:
        given = passed[-settings.PROXIES].strip()
    try:
        found = ip_address(given)
    except ValueError:
        return given[:64]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found)


def by_address(request: Request) -> str:
    return address_of(request)


def by_person(request: Request) -> str:
    return f"person {request.actor.user_id}"


def limited(
    limit: Limit, who: Callable[[Request], str], *, when: Callable[[Request], bool] | None = None
) -> Callable[[View], View]:
    """Count the requests of this view (those for which ``when`` holds; else every post)."""
    counts = when or (lambda request: request.method == "POST")

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if counts(request):
                limits.take(limit, who(request), request.at)
            return view(request, *args, **kwargs)

        return door

    return decorate


def every_time(_request: Request) -> bool:
    return True


def too_often(request: Request, refusal: TooOftenError) -> HttpResponse:
    """«Πολλές προσπάθειες»: when to try again, for people and for programmes."""
    log.warning("too often: %s from %s", request.path, address_of(request))
    answer = render(request, "429.html", {"refusal": refusal}, status=TOO_MANY)
    answer["Retry-After"] = str(refusal.seconds)
    return answer
