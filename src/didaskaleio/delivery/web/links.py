"""The stage of teaching, at which standards and guidelines apply (R-007)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.standards.stages import Stage, declare
from didaskaleio.people.enums import Role

ROLES = tuple(
    (role.value, str(role.label)) for role in (Role.TRAINER, Role.CENTRE_MANAGER, Role.CENTRE_STAFF)
)


def _bodies(_address: str, words: Mapping[str, Any]) -> Iterable[Any]:
    rows = TrainingSession.objects.filter(pk=words["pk"])
    return rows.values("programme__period__action__body_id")


declare(
    Stage(
        "session.conduct",
        "Διεξαγωγή συναντήσεων",
        frozenset({"delivery:session", "delivery:move"}),
        ROLES,
        _bodies,
    )
)
