"""Addresses whose views go wrong, beside those of the platform."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.urls import path

from didaskaleio.site import urls


def raising(error):
    def view(request):
        raise error

    return view


def form(request):
    return HttpResponse("sent")


urlpatterns = [
    path("broken/500/", raising(RuntimeError("secret detail"))),
    path("broken/403/", raising(PermissionDenied("secret detail"))),
    path("broken/400/", raising(SuspiciousOperation("secret detail"))),
    path("broken/form/", form),
    *urls.urlpatterns,
]
