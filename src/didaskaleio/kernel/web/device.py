"""Συσκευή (device): the browser from which somebody acts, told apart by a cookie of its own."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.http import HttpResponse

from didaskaleio.kernel.web.http import Request

COOKIE, KNOWN, YEAR = "device", re.compile(r"[0-9a-f]{32}"), 365 * 24 * 3600


def of(request: Request) -> str:
    """The device by its cookie; a new one begins with this page."""
    known = request.COOKIES.get(COOKIE, "")
    return known if KNOWN.fullmatch(known) else secrets.token_hex(16)


def remembered(response: HttpResponse, device: str) -> HttpResponse:
    """The answer with the cookie of the device."""
    response.set_cookie(
        COOKIE,
        device,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
