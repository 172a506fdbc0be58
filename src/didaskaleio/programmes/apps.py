"""Προγράμματα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class ProgrammesConfig(Room):
    name = "didaskaleio.programmes"
    label = "programmes"
    verbose_name = "Προγράμματα"
    specification = "I.c"
    requirements = (
        "R-024",
        "R-025",
        "R-026",
        "R-027",
        "R-028",
        "R-029",
        "R-030",
        "R-031",
        "R-032",
        "R-033",
        "R-034",
        "R-035",
        "R-043",
        "R-047",
        "R-048",
        "R-170",
        "R-178",
    )
