"""Αφορμές (occasions): what a questionnaire may be about, told by the rooms that know it.

A room above registers a :class:`Source` for each occasion; this room asks it whom to ask and
offers its objects to an officer. It learns no more of them than :class:`About` holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

from didaskaleio.surveys.enums import Audience, Occasion


@dataclass(frozen=True)
class About:
    """What a survey is about: its object, words, and where it stands in comparisons.

    ``year`` is the one in which the school year began.
    """

    subject: Model
    title: str
    group: str
    body_id: int
    region_id: int | None
    year: int


@dataclass(frozen=True)
class Source:
    """How a room tells of one occasion: the object by id, whom to ask, what may be chosen.

    Without ``offered`` a questionnaire goes out after it by a rule only.
    """

    find: Callable[[int], About | None]
    people: Callable[[int, Audience], Iterable[int]]
    offered: Callable[[int, str], list[tuple[int, str]]] | None = None


sources: dict[Occasion, Source] = {}


def by_hand() -> dict[Occasion, Callable[[int, str], list[tuple[int, str]]]]:
    """The occasions of which an officer may choose an object, and what they offer."""
    return {name: one.offered for name, one in sources.items() if one.offered is not None}


def register(occasion: Occasion, source: Source) -> None:
    """Make ``source`` the one that tells of ``occasion``."""
    if occasion in sources:
        raise ValueError(f"occasion {occasion} is registered twice")
    sources[occasion] = source
