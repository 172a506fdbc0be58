"""Απόκρυψη μικρών πλήθων: which cells of a distribution may be shown; pure.

A cell of fewer than five people is hidden. What is hidden must not follow from what is shown, so
further cells are hidden until every hidden one could be another number with the same number of
answers and the same mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product

SMALLEST = 5
CHANGES = (-2, -1, 1, 2)
MOST_MOVED = 4
Shown = tuple[int | None, ...]


def shown(counts: Sequence[int], weights: Sequence[int] | None = None) -> Shown:
    """The cells of answers that exclude each other; None where one is hidden.

    ``weights`` are what the options count for in the mean that is shown beside them.
    """
    return _shown(tuple(counts), tuple(weights) if weights else None)


@lru_cache(maxsize=4096)
def _shown(counts: tuple[int, ...], weights: tuple[int, ...] | None) -> Shown:
    if sum(counts) < SMALLEST:
        return (None,) * len(counts)
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST}
    while hidden and not _safe(counts, weights, hidden):
        left = [place for place in range(len(counts)) if place not in hidden]
        if not left:
            break
        hidden.add(min(left, key=lambda place: (counts[place] == 0, counts[place], place)))
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _safe(counts: Sequence[int], weights: Sequence[int] | None, hidden: set[int]) -> bool:
    """Whether none of the hidden numbers follows from the rest, nor are they few together."""
    if sum(counts[place] for place in hidden) < SMALLEST:
        return False
    return all(_may_differ(place, counts, weights, hidden) for place in hidden)


def _may_differ(
    place: int, counts: Sequence[int], weights: Sequence[int] | None, hidden: set[int]
) -> bool:
    """Whether the cell could hold another number with the same sum and the same mean."""
    others = sorted(hidden - {place})
    for many in range(1, min(len(others), MOST_MOVED - 1) + 1):
        for chosen in combinations(others, many):
            if _moves((place, *chosen), counts, weights):
                return True
    return False


def _moves(places: tuple[int, ...], counts: Sequence[int], weights: Sequence[int] | None) -> bool:
    for change in product(CHANGES, repeat=len(places)):
        moved = list(zip(places, change, strict=True))
        if sum(change) or any(counts[place] + by < 0 for place, by in moved):
            continue
        if weights is None or not sum(weights[place] * by for place, by in moved):
            return True
    return False


def shown_each(counts: Sequence[int], asked: int) -> Shown:
    """The cells of answers of which a person may give several, out of ``asked`` who answered."""
    return tuple(
        None if asked < SMALLEST or 0 < count < SMALLEST or 0 < asked - count < SMALLEST else count
        for count in counts
    )
