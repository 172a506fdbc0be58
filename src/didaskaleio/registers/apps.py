"""Μητρώα."""

from __future__ import annotations

from typing import TYPE_CHECKING

from didaskaleio.kernel.rooms import Room

if TYPE_CHECKING:
    from didaskaleio.people.models import Post


class RegistersConfig(Room):
    name = "didaskaleio.registers"
    label = "registers"
    verbose_name = "Μητρώα"
    specification = "I.b"
    requirements = (
        "R-010",
        "R-011",
        "R-012",
        "R-014",
        "R-015",
        "R-017",
        "R-018",
        "R-019",
        "R-022",
        "R-023",
        "R-048",
    )

    def ready(self) -> None:
        from django.urls import reverse

        from didaskaleio.people import scopes
        from didaskaleio.people.enums import Role
        from didaskaleio.registers.models import Call, Register

        works = {
            Role.ASSESSOR: "registers:assessments",
            Role.OBJECTION_COMMITTEE: "registers:objections",
        }

        def of_call(post: Post) -> str:
            return reverse(works[Role(post.role)])

        def of_register(post: Post) -> str:
            return reverse("registers:members", args=[post.scope_id])

        scopes.register("call", Call, "title", body="body_id", page=of_call)
        scopes.register("register", Register, "title", body="body_id", page=of_register)
        super().ready()
