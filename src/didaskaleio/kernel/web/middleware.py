"""Refusals at the door: an anticipated refusal becomes a message and the page before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import bad_request

from didaskaleio.kernel import files
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.limits import TooOftenError
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import too_often


class RefusalMiddleware:
    """Turn a Refusal that a view let pass into a message on the page that the person was on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooOftenError):
            return too_often(request, error)
        if _no_field_holds_it(request, error):
            return bad_request(request, error)
        if not isinstance(error, Refusal):
            return None
        rule = f" ({error.rule})" if error.rule else ""
        messages.error(request, f"{error}{rule}")
        return HttpResponseRedirect(page_before(request))


def _no_field_holds_it(request: Request, error: Exception) -> bool:
    """A number, text or date that no column and no calendar holds: only a forged post has it."""
    if isinstance(error, DataError | OverflowError) and request.method == "POST":
        return True
    if not isinstance(error, ValueError | DataError):
        return False
    lists = (*request.POST.lists(), *request.GET.lists())
    return any("\0" in value for _, values in lists for value in values)


TOO_LARGE = 413
LARGEST_UPLOAD = 64 * files.MEGABYTE
LARGEST_REQUEST = LARGEST_UPLOAD + 4 * files.MEGABYTE  # the other fields of the form
# what no page of ours asks a browser for
NOT_ASKED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_ASKED),
}


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Headers that Django does not set by itself, on pages and on static files."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return answer


def sizes(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Whatever is larger than the largest upload is refused unread, before anything of it is kept.

    A request says its length beforehand, and no more of it than that is ever read.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_REQUEST:
            largest = LARGEST_UPLOAD // files.MEGABYTE
            return render(request, "413.html", {"largest": largest}, status=TOO_LARGE)
        return get_response(request)

    return answer


def page_before(request: Request, otherwise: str = "/") -> str:
    """The address to return to: ``next`` of the form, else the page before, if it is ours."""
    for address in (request.POST.get("next"), request.headers.get("Referer")):
        if address and url_has_allowed_host_and_scheme(address, {request.get_host()}):
            return address
    return otherwise
