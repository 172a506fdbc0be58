"""Πύλη."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class PortalConfig(Room):
    name = "didaskaleio.portal"
    label = "portal"
    verbose_name = "Πύλη"
    specification = "V.a"
    requirements = ("R-134",)
