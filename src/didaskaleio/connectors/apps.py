"""Συνδέσεις."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class ConnectorsConfig(Room):
    name = "didaskaleio.connectors"
    label = "connectors"
    verbose_name = "Συνδέσεις"
    specification = "figure 2"
    requirements = ("R-020", "R-021")
