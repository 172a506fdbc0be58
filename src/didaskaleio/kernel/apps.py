"""Πυρήνας."""

from __future__ import annotations

from importlib import import_module

from didaskaleio.kernel.rooms import Room


class KernelConfig(Room):
    name = "didaskaleio.kernel"
    label = "kernel"
    verbose_name = "Πυρήνας"
    specification = "V"
    requirements = ("R-006", "R-007", "R-016", "R-167")

    def ready(self) -> None:
        super().ready()
        import_module("didaskaleio.kernel.forms.operations")
        import_module("didaskaleio.kernel.standards.operations")
        import_module("didaskaleio.kernel.spaces.agenda")
