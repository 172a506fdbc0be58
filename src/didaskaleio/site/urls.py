"""Addresses (διευθύνσεις) of the whole platform."""

from __future__ import annotations

from django.urls import include, path

ROOMS = (
    "portal",
    "completion",
    "delivery",
    "enrolment",
    "programmes",
    "courses",
    "credentials",
    "people",
    "structures",
    "kernel",
)

urlpatterns = [
    *(path("", include(f"didaskaleio.{room}.web.urls")) for room in ROOMS),
    path("", include("didaskaleio.site.web.health")),
    path("demo/", include("didaskaleio.site.web.urls")),
]

handler500 = "didaskaleio.kernel.web.faults.unanswered"
