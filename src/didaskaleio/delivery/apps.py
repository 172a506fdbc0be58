"""Διεξαγωγή."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class DeliveryConfig(Room):
    name = "didaskaleio.delivery"
    label = "delivery"
    verbose_name = "Διεξαγωγή"
    specification = "I.d"
    requirements = (
        "R-050",
        "R-051",
        "R-052",
        "R-053",
        "R-054",
        "R-055",
        "R-056",
        "R-057",
        "R-058",
        "R-060",
        "R-169",
        "R-174",
    )
