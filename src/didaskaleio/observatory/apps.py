"""Παρατηρητήριο."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class ObservatoryConfig(Room):
    name = "didaskaleio.observatory"
    label = "observatory"
    verbose_name = "Παρατηρητήριο"
    specification = "I (end)"
    requirements = ("R-055", "R-079", "R-175", "R-176")
