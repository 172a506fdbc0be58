"""Μητρώα."""

from __future__ import annotations

from didaskaleio.kernel.rooms import Room


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
        from didaskaleio.people import scopes
        from didaskaleio.registers.models import Call, Register

        scopes.register("call", Call, "title", body="body_id", page="registers:desk-call")
        scopes.register("register", Register, "title", body="body_id", page="registers:members")
        super().ready()
