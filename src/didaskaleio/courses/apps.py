"""Θεματικά αντικείμενα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


class CoursesConfig(Room):
    name = "didaskaleio.courses"
    label = "courses"
    verbose_name = "Θεματικά αντικείμενα"
    specification = "I.a"
    requirements = ("R-001", "R-002", "R-003", "R-004", "R-005", "R-009", "R-177")

    def ready(self) -> None:
        from didaskaleio.courses.models import Course
        from didaskaleio.people import scopes

        scopes.register("course", Course, "title", body="body_id", page="courses:course")
        super().ready()
