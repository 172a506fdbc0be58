"""Addresses (διευθύνσεις) of the whole platform."""

from __future__ import annotations

from django.urls import include, path

# first the room whose doors are stormed: at the opening of phase B every comparison counts
ROOMS = (
    "enrolment",
    "portal",
    "observatory",
    "completion",
    "small_actions",
    "finance",
    "delivery",
    "programmes",
    "directory",
    "registers",
    "courses",
    "surveys",
    "credentials",
    "people",
    "connectors",
    "structures",
    "kernel",
)

urlpatterns = [
    *(path("", include(f"didaskaleio.{room}.web.urls")) for room in ROOMS),
    path("", include("didaskaleio.site.web.health")),
    path("demo/", include("didaskaleio.site.web.urls")),
]

handler500 = "didaskaleio.kernel.web.faults.unanswered"
