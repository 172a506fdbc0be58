"""Differences between two versions of a course (διαφορές εκδόσεων), as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Text = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a component: ``mark`` is ``+`` (new), ``-`` (gone) or a space."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One component that differs, with its lines."""

    title: str
    lines: tuple[Line, ...]


def compare(old: Text, new: Text) -> list[Change]:
    """The components that differ, in the order of ``new``; each maps a title to its lines."""
    return [
        Change(title, tuple(_lines(old.get(title, ()), lines)))
        for title, lines in new.items()
        if list(old.get(title, ())) != list(lines)
    ]


def _lines(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    found: list[Line] = []
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.extend(Line(" ", text) for text in old[a:b])
            continue
        found.extend(Line("-", text) for text in old[a:b])
        found.extend(Line("+", text) for text in new[c:d])
    return found
