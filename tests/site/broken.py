"""Addresses whose views go wrong, beside those of the platform."""

from __future__ import annotations

import errno

import psycopg
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from didaskaleio.site import urls

handler500 = urls.handler500
OUTAGES = {
    "stopped": psycopg.OperationalError("secret detail"),
    "starting": psycopg.errors.CannotConnectNow("secret detail"),
    "crowded": psycopg.errors.TooManyConnections("secret detail"),
    "deadlock": psycopg.errors.DeadlockDetected("secret detail"),
    "data": psycopg.errors.InvalidTextRepresentation("secret detail"),
}


def raising(error):
    def view(request):
        raise error

    return view


def outage(request, fault):
    if fault == "full":
        raise OSError(errno.ENOSPC, "secret detail")
    raise OperationalError("secret detail") from OUTAGES[fault]


def form(request):
    return HttpResponse("sent")


urlpatterns = [
    path("broken/500/", raising(RuntimeError("secret detail"))),
    path("broken/403/", raising(PermissionDenied("secret detail"))),
    path("broken/400/", raising(SuspiciousOperation("secret detail"))),
    path("broken/form/", form),
    path("broken/outage/<slug:fault>/", outage),
    *urls.urlpatterns,
]
