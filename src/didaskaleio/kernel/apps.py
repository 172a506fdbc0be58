"""Πυρήνας."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class KernelConfig(Room):
    name = "didaskaleio.kernel"
    label = "kernel"
    verbose_name = "Πυρήνας"
    specification = "V"
    requirements = ("R-167",)
