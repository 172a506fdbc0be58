"""Events (γεγονότα) of room enrolment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from didaskaleio.kernel.events import Event


@dataclass(frozen=True)
class DrawPublished(Event):
    """The draw of a period is published: placements, ranks and waiting lists are written."""

    draw_id: int
    period_id: int
    at: datetime


@dataclass(frozen=True)
class PlacesFreed(Event):
    """Places that the draw gave to people who had withdrawn after the freeze (SPEC-draw §1.3).

    One programme id for each freed place.
    """

    programme_ids: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class PersonMoved(Event):
    """A person who holds a place or is enrolled was moved by decision to another programme."""

    application_id: int
    old_programme_id: int
    new_programme_id: int
    at: datetime
