"""Ιστορικό και βήματα στην οθόνη: lines of the journal and steps of a wizard as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def of(item: Any, name: str) -> Any:
    """A value of a mapping or of an object; empty text when it has none."""
    found = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
    return "" if found is None else found


def journal_lines(entries: Iterable[Any], states: Any = None) -> list[dict[str, Any]]:
    """Entries with ``at``, ``act``, ``who``, ``reason`` and the states in words, if known."""
    labels = {code: str(label) for code, label in getattr(states, "choices", ())}
    return [
        {
            "at": of(entry, "at"),
            "act": of(entry, "act"),
            "who": of(entry, "actor_name"),
            "reason": of(entry, "reason"),
            "source": labels.get(of(entry, "source"), ""),
            "target": labels.get(of(entry, "target"), ""),
        }
        for entry in sorted(entries, key=lambda entry: of(entry, "at"), reverse=True)
    ]


def wizard_steps(items: Iterable[Any], current: int) -> list[dict[str, Any]]:
    """Steps with number, label, url and status (done, now, next); ``current`` counts from 1."""
    return [
        {
            "number": number,
            "label": item if isinstance(item, str) else of(item, "label"),
            "url": "" if isinstance(item, str) else of(item, "url"),
            "status": "done" if number < current else "now" if number == current else "next",
        }
        for number, item in enumerate(items, start=1)
    ]
