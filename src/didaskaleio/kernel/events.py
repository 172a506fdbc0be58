"""Events (γεγονότα): typed, frozen facts that a lower room publishes and upper rooms hear.

A reaction in the same database runs at once, in the publisher's transaction; whatever is slow
or outside is a job that the reaction enqueues.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar


@dataclass(frozen=True)
class Event:
    """Base of all events."""


E = TypeVar("E", bound=Event)
_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function as a reaction to ``kind``."""

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        if reaction not in _subscribers[kind]:
            _subscribers[kind].append(reaction)
        return reaction

    return register


def publish(event: Event) -> None:
    """Tell every subscriber, in order of registration, in the current transaction."""
    for reaction in _subscribers[type(event)]:
        reaction(event)


@dataclass(frozen=True)
class StepsTaken(Event):
    """Objects of one life cycle have taken one step (one object, or many in bulk)."""

    lifecycle: str
    step: str
    target: str
    ids: tuple[int, ...]
    actor_id: int | None
    at: datetime
    reason: str = ""
