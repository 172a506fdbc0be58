"""Differences between two versions of a course (διαφορές εκδόσεων), as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.6  # below it, two lines have too little in common to be read as one
Text = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a component: ``mark`` is ``+`` (new), ``-`` (gone), ``~`` (changed) or a space.

    A changed line has ``parts``: its pieces, each new, gone or the same, word by word.
    """

    mark: str
    text: str
    parts: tuple[Line, ...] = ()


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
        else:
            found.extend(_replaced(old[a:b], new[c:d]))
    return found


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Lines that came in the place of others: those alike are shown word by word."""
    found: list[Line] = []
    for before, after in zip(old, new, strict=False):
        if _alike(before, after):
            found.append(Line("~", after, tuple(_words(before, after))))
        else:
            found += [Line("-", before), Line("+", after)]
    found.extend(Line("-", text) for text in old[len(new) :])
    found.extend(Line("+", text) for text in new[len(old) :])
    return found


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, _cut(old), _cut(new), autojunk=False).ratio() >= ALIKE


def _cut(text: str) -> list[str]:
    """Words, spaces and signs; put together again they are the text."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _words(old: str, new: str) -> list[Line]:
    before, after, found = _cut(old), _cut(new), []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Line(" ", "".join(before[a:b])))
            continue
        if a < b:
            found.append(Line("-", "".join(before[a:b])))
        if c < d:
            found.append(Line("+", "".join(after[c:d])))
    return found
