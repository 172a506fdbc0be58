"""Stages (στάδια) of the work at which standards apply: declared by the rooms, by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Bodies = Callable[[str, Mapping[str, Any]], Iterable[Any]]


def _nobody(_address: str, _words: Mapping[str, Any]) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class Stage:
    """One stage: name, Greek title, the addresses of its pages, the roles that work there.

    ``bodies`` finds, from a page and the words of its address, whose standards apply beside
    those of the ministry: the ids of bodies, or a queryset of them.
    """

    name: str
    title: str
    pages: frozenset[str]
    roles: tuple[tuple[str, str], ...]
    bodies: Bodies = _nobody


known: dict[str, Stage] = {}


def declare(stage: Stage) -> Stage:
    """Declare a stage; a repeated name is refused."""
    if stage.name in known:
        raise ValueError(f"stage {stage.name} is declared twice")
    known[stage.name] = stage
    return stage


def of_page(address: str) -> list[Stage]:
    """The stages to which the page called ``room:name`` belongs."""
    return [stage for stage in known.values() if address in stage.pages]


def title_of(name: str) -> str:
    """The Greek title of a stage; its name where no room declares it any more."""
    return known[name].title if name in known else name
