"""Refusals at the door: an anticipated refusal becomes a message and the page before it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.http import Request


class RefusalMiddleware:
    """Turn a Refusal that a view let pass into a message on the page that the person was on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        rule = f" ({error.rule})" if error.rule else ""
        messages.error(request, f"{error}{rule}")
        return HttpResponseRedirect(page_before(request))


def page_before(request: Request, otherwise: str = "/") -> str:
    """The address to return to: ``next`` of the form, else the page before, if it is ours."""
    for address in (request.POST.get("next"), request.headers.get("Referer")):
        if address and url_has_allowed_host_and_scheme(address, {request.get_host()}):
            return address
    return otherwise
