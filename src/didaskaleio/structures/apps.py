"""Δομές."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class StructuresConfig(Room):
    name = "didaskaleio.structures"
    label = "structures"
    verbose_name = "Δομές"
