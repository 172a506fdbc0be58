"""Προσυμπλήρωση (prefill): named sources of answers, registered by the rooms that know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.definition import Definition, Kind, Section


@dataclass(frozen=True)
class Source:
    """Where an answer may come from: a name, its Greek words, the kinds of question it fits."""

    name: str
    title: str
    kinds: frozenset[Kind]
    find: Callable[[int, datetime], Any]


known: dict[str, Source] = {}


def register(
    name: str, title: str, *kinds: Kind
) -> Callable[[Callable[[int, datetime], Any]], Callable[[int, datetime], Any]]:
    """Make the decorated function (id of the person, moment → answer as kept) a source."""

    def decorate(find: Callable[[int, datetime], Any]) -> Callable[[int, datetime], Any]:
        if name in known:
            raise ValueError(f"prefill source {name} is registered twice")
        known[name] = Source(name, title, frozenset(kinds), find)
        return find

    return decorate


def first_answers(definition: Definition, person: int, at: datetime) -> dict[str, Any]:
    """What the sources know of a person, for the questions that name one.

    An answer that the question would refuse is left out: the person gives it.
    """
    found: dict[str, Any] = {}
    for one in definition.questions():
        source = known.get(one.prefill)
        value = source.find(person, at) if source and one.kind in source.kinds else None
        alone = Definition(title="", sections=(Section("s", "", questions=(one,)),))
        if value and not check(alone, {one.key: value}, complete=False):
            found[one.key] = value
    return found
