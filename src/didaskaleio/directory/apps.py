"""Κατάλογος δομών."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class DirectoryConfig(Room):
    name = "didaskaleio.directory"
    label = "directory"
    verbose_name = "Κατάλογος δομών"
    specification = "I.b; 002; 004"
    requirements = ("R-013", "R-157", "R-189")
