"""Πρόσωπα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class PeopleConfig(Room):
    name = "didaskaleio.people"
    label = "people"
    verbose_name = "Πρόσωπα"
    specification = "000 §6, V; 001 §3"
    requirements = ("R-165",)
