"""Ολοκλήρωση."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class CompletionConfig(Room):
    name = "didaskaleio.completion"
    label = "completion"
    verbose_name = "Ολοκλήρωση"
    specification = "I.e"
    requirements = ("R-061", "R-063", "R-064", "R-065", "R-069", "R-078", "R-172")
