"""Θεματικά αντικείμενα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class CoursesConfig(Room):
    name = "didaskaleio.courses"
    label = "courses"
    verbose_name = "Θεματικά αντικείμενα"
