"""Reports (αναφορές) of room enrolment: applications, people, places, the draw."""

from __future__ import annotations

from didaskaleio.enrolment.reports import (
    applications,
    draw,
    owed,
    participation,
    places,
    targets,
)

__all__ = ["applications", "draw", "owed", "participation", "places", "targets"]
