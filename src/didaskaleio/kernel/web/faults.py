"""Βλάβες (faults): the last page when a request could not be answered, without a database."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from didaskaleio.kernel import outage

RETRY_AFTER = "15"  # seconds, for browsers and proxies
AWAY = (outage.database_away, outage.disk_full, outage.store_away)
log = logging.getLogger(__name__)


def unanswered(request: HttpRequest) -> HttpResponse:
    """The page of an error: 503 for an outage that passes, else 500; nothing is half done."""
    error = sys.exc_info()[1]
    if error is None or not any(says(error) for says in AWAY):
        return server_error(request)
    log.warning("503 for %s: %s", request.path, error)
    full = outage.disk_full(error)
    response = render(None, "503.html", {"full": full}, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response
