"""Σε ποιον ανήκει μια φόρμα (owners): the upper room that knows scopes registers itself here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.operations import Owner

Finder = Callable[[Actor], Iterable[Owner]]
_finders: list[Finder] = []


def register(find: Finder) -> Finder:
    """Add a source of the owners for whom an actor may open forms."""
    if find not in _finders:
        _finders.append(find)
    return find


def of(actor: Actor) -> list[Owner]:
    """Every owner for whom ``actor`` may open forms, by name."""
    found = [owner for find in _finders for owner in find(actor)]
    return sorted(found, key=lambda owner: owner.name)
