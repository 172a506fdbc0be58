"""Small cells (μικρά κελιά): which groups of a table must be hidden so that nobody is recognised.

A group of fewer than five is hidden. Another of the same line of the table is hidden with it, so
that it does not come out by subtraction from the total of the line: along every direction the
hidden are none, or at least two that together are five or more, or the whole line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

LEAST = 5
Key = tuple[Hashable, ...]


def hidden(keys: Sequence[Key], counts: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """The places of the groups to hide; ``keys`` tell where each stands in the table."""
    found = {place for place, many in enumerate(counts) if 0 < many < least}
    lines = _lines(keys)
    while added := [
        place for line in lines if (place := _next(line, found, counts, least)) is not None
    ]:
        found.update(added[:1])
    return frozenset(found)


def _lines(keys: Sequence[Key]) -> list[list[int]]:
    """Every line of the table: the groups that differ in some of their directions alone."""
    lines: dict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    width = len(keys[0]) if keys else 0
    for fixed in range(2**width - 1):
        held = [n for n in range(width) if fixed >> n & 1]
        for place, key in enumerate(keys):
            lines[fixed, *(key[n] for n in held)].append(place)
    return list(lines.values())


def _next(line: list[int], found: set[int], counts: Sequence[int], least: int) -> int | None:
    """The smallest group that must be hidden too, None where the line keeps its secret."""
    gone = [place for place in line if place in found]
    if not gone or (len(gone) > 1 and sum(counts[place] for place in gone) >= least):
        return None
    rest = [place for place in line if place not in found]
    return min(rest, key=lambda place: (counts[place], place)) if rest else None
