"""Οικονομικά."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class FinanceConfig(Room):
    name = "didaskaleio.finance"
    label = "finance"
    verbose_name = "Οικονομικά"
    specification = "I.f"
    requirements = ("R-062", "R-071", "R-072", "R-074", "R-075", "R-076", "R-077", "R-078")
