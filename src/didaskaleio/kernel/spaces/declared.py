"""Needs (ανάγκες) of a kind of object: declared by its room, opened by others as they exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from didaskaleio.kernel.access import Actor

Opener = Callable[[Any, Actor, datetime], str]


@dataclass(frozen=True)
class Need:
    """One space that an object needs: its name, Greek title, and what it is for.

    What is not ``required`` holds nothing back.
    """

    name: str
    title: str
    purpose: str
    required: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of object with needs: its label, its word, which objects owe them, its page.

    ``reads`` is the permission that opens the page.
    """

    label: str
    title: str
    owing: Callable[[], QuerySet[Any]]
    page: str
    reads: str
    needs: tuple[Need, ...]


kinds: dict[str, Kind] = {}
openers: dict[str, Opener] = {}


def declare(kind: Kind) -> Kind:
    """Declare what a kind of object needs; a repeated kind or need is refused."""
    taken = {need.name for each in kinds.values() for need in each.needs}
    if kind.label in kinds or taken & {need.name for need in kind.needs}:
        raise ValueError(f"needs of {kind.label} are declared twice")
    kinds[kind.label] = kind
    return kind


def provides(need: str) -> Callable[[Opener], Opener]:
    """Register how a room opens ``need``: idempotent, returns where it is, or refuses."""

    def register(opener: Opener) -> Opener:
        if need in openers:
            raise ValueError(f"{need} is opened by two rooms")
        openers[need] = opener
        return opener

    return register
