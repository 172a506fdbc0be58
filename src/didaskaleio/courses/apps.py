"""Θεματικά αντικείμενα."""

from __future__ import annotations

from typing import TYPE_CHECKING

from didaskaleio.kernel.rooms import Room

if TYPE_CHECKING:
    from didaskaleio.people.models import Post


class CoursesConfig(Room):
    name = "didaskaleio.courses"
    label = "courses"
    verbose_name = "Θεματικά αντικείμενα"
    specification = "I.a"
    requirements = ("R-001", "R-002", "R-003", "R-004", "R-005", "R-009", "R-177")

    def ready(self) -> None:
        from django.urls import reverse

        from didaskaleio.courses.models import Course
        from didaskaleio.people import scopes

        def page(post: Post) -> str:
            return reverse("courses:course", args=[post.scope_id])

        scopes.register("course", Course, "title", body="body_id", page=page)
        super().ready()
