"""Προγράμματα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class ProgrammesConfig(Room):
    name = "didaskaleio.programmes"
    label = "programmes"
    verbose_name = "Προγράμματα"
