"""Χάρτης πλακιδίων: the 74 regional units (περιφερειακές ενότητες) as tiles, one size each.

A schematic picture, not a survey map: every unit gets the same area, so small islands can be
read and pressed. Places stand in ``tilemap.json`` (code, row, column, label, region, name).
Source: the units of law 3852/2010.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STEPS = 5
DARK_FROM = 4


@dataclass(frozen=True)
class Place:
    code: str
    row: int
    col: int
    short: str
    region: str
    name: str


@dataclass(frozen=True)
class Tile:
    """One unit of the map with its value; ``step`` is 0 (nothing) to 5 (most)."""

    place: Place
    value: int
    step: int

    @property
    def dark(self) -> bool:
        return self.step >= DARK_FROM


@dataclass(frozen=True)
class TileMap:
    tiles: list[Tile]
    key: list[tuple[int, str]]
    total: int

    @property
    def filled(self) -> list[Tile]:
        """The units that have something, most first."""
        some = [tile for tile in self.tiles if tile.value]
        return sorted(some, key=lambda tile: (-tile.value, tile.place.name))

    @property
    def empty_count(self) -> int:
        return sum(1 for tile in self.tiles if not tile.value)


@cache
def places() -> tuple[Place, ...]:
    text = Path(__file__).with_name("tilemap.json").read_text(encoding="utf-8")
    return tuple(
        Place(t["code"], t["row"], t["col"], t["short_el"], t["region"], t["name"])
        for t in json.loads(text)["tiles"]
    )


def bounds(most: int) -> list[int]:
    """The upper ends of the classes: narrow at the low end, where most units are.

    For 30: 2, 5, 11, 20, 30. Fewer than five when the figures are small.
    """
    ends = [math.ceil(most * (i / STEPS) ** 2) for i in range(1, STEPS + 1)]
    return sorted({end for end in ends if end > 0})


def step_of(value: int, ends: list[int]) -> int:
    """The class of ``value``: 0 for nothing, the last one always the darkest."""
    if value <= 0 or not ends:
        return 0
    index = next(i for i, end in enumerate(ends) if value <= end)
    return STEPS - (len(ends) - 1 - index)


def tilemap(values: Mapping[str, int]) -> TileMap:
    """The map of ``values`` (unit code → count); raises KeyError for a code of no unit."""
    known = {place.code for place in places()}
    strangers = set(values) - known
    if strangers:
        raise KeyError(f"no such regional unit: {', '.join(sorted(strangers))}")
    ends = bounds(max(values.values(), default=0))
    tiles = [Tile(p, values.get(p.code, 0), step_of(values.get(p.code, 0), ends)) for p in places()]
    return TileMap(tiles, _key(ends), sum(values.values()))


def _key(ends: list[int]) -> list[tuple[int, str]]:
    starts = [1, *(end + 1 for end in ends)]
    return [
        (step_of(end, ends), str(end) if start == end else f"{start}–{end}")
        for start, end in zip(starts, ends, strict=False)
    ]
