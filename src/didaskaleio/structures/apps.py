"""Δομές."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class StructuresConfig(Room):
    name = "didaskaleio.structures"
    label = "structures"
    verbose_name = "Δομές"
    specification = "001 §1, §2; 002"
    requirements = ("R-012", "R-027", "R-078")
