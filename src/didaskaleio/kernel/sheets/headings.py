"""Headings (επικεφαλίδες): in any order and case, with or without accents, merged or not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from didaskaleio.kernel import greek

LOOK_ALIKES = str.maketrans("abehikmnoptyxzu", "αβεηικμνορτυχζυ")
SEARCHED = 20  # rows at the top among which the headings are looked for
FEWEST = 3


@dataclass(frozen=True)
class Field:
    """A fact that a column may hold; ``names`` are the headings under which it is known."""

    name: str
    label: str
    names: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Heading:
    """The headings of a sheet: ``cells`` by column, ``last`` is the number of their last row.

    ``columns`` is field → column as far as the headings tell.
    """

    cells: tuple[str, ...]
    last: int
    columns: dict[str, int]


@lru_cache(1 << 16)
def key(text: str) -> str:
    """What is left of a heading without accents, case, signs, and with one alphabet."""
    plain = greek.search_key(text).translate(LOOK_ALIKES)
    return re.sub(r"[\W_]+", "", plain)


@cache
def _known(fields: tuple[Field, ...]) -> dict[str, str]:
    return {key(name): field.name for field in fields for name in field.names}


def find_heading(
    top: Sequence[Sequence[str]], fields: tuple[Field, ...], *, fewest: int = FEWEST
) -> Heading | None:
    """The headings among the first rows; of two rows where the upper one is merged."""
    found: list[Heading] = []
    for number, row in enumerate(top[:SEARCHED], 1):
        found.append(heading_of(row, number, fields))
        if number < len(top):
            found.append(_heading(_merged(row, top[number]), number + 1, fields))
    best = max(found, key=lambda heading: len(heading.columns), default=None)
    return best if best and len(best.columns) >= fewest else None


def heading_of(row: Sequence[str], number: int, fields: tuple[Field, ...]) -> Heading:
    """A row taken for headings (επικεφαλίδες), with the columns that are known."""
    return _heading([(cell,) for cell in row], number, fields)


def _heading(cells: Sequence[tuple[str, ...]], last: int, fields: tuple[Field, ...]) -> Heading:
    columns: dict[str, int] = {}
    known = _known(fields)
    for place, words in enumerate(cells):
        name = next((n for word in words if (n := known.get(key(word)))), None)
        if name:
            columns.setdefault(name, place)
    return Heading(tuple(" ".join(cell[0].split()) for cell in cells), last, columns)


def _merged(above: Sequence[str], below: Sequence[str]) -> list[tuple[str, ...]]:
    """Each column's heading of two rows: both together, else the lower, else the upper."""
    cells: list[tuple[str, ...]] = []
    group = ""
    for place in range(max(len(above), len(below))):
        upper = above[place].strip() if place < len(above) else ""
        lower = below[place].strip() if place < len(below) else ""
        group = upper or (group if lower else "")
        cells.append((f"{group} {lower}".strip(), lower, upper))
    return cells


def fingerprint(cells: Sequence[str]) -> str:
    """The same for the same headings in any order and spelling."""
    keys = sorted({key(cell) for cell in cells} - {""})
    return hashlib.sha256("|".join(keys).encode()).hexdigest()
