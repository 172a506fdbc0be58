"""Μητρώα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class RegistersConfig(Room):
    name = "didaskaleio.registers"
    label = "registers"
    verbose_name = "Μητρώα"
    specification = "I.b"
    requirements = ("R-010", "R-014", "R-015", "R-017", "R-018", "R-022")
