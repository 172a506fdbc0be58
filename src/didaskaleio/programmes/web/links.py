"""Stages of actions and programmes, at which standards and guidelines apply (R-007)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from didaskaleio.kernel.standards.stages import Stage, declare
from didaskaleio.people.enums import Role
from didaskaleio.programmes.models import Programme, TrainingAction, TrainingPeriod

OFFICERS = tuple(
    (role.value, str(role.label)) for role in (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER)
)
CENTRE = tuple((role.value, str(role.label)) for role in (Role.CENTRE_MANAGER, Role.CENTRE_STAFF))
TRAINER = (Role.TRAINER.value, Role.TRAINER.label)


def _of_action(_address: str, words: Mapping[str, Any]) -> Iterable[Any]:
    return TrainingAction.objects.filter(pk=words["pk"]).values("body_id")


def _of_proposal(address: str, words: Mapping[str, Any]) -> Iterable[Any]:
    if address == "programmes:new":
        return TrainingPeriod.objects.filter(pk=words["period"]).values("action__body_id")
    return Programme.objects.filter(pk=words["pk"]).values("period__action__body_id")


def _named(*pages: str) -> frozenset[str]:
    return frozenset(f"programmes:{page}" for page in pages)


declare(
    Stage(
        "action.design",
        "Σχεδιασμός και παράμετροι δράσης",
        _named("action", "action-edit", "parameters", "regulation-write"),
        OFFICERS,
        _of_action,
    )
)
declare(
    Stage(
        "programme.proposal",
        "Πρόταση προγράμματος και ωρολόγιο",
        _named("new", "edit", "proposal", "timetable", "suggest"),
        (*CENTRE, TRAINER),
        _of_proposal,
    )
)
