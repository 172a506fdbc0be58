"""The beacon (δημόσια τύχη) and the pattern that says beforehand what form it will have.

The pattern is matched by walking sets of positions, kept as the bits of one integer: the time is
bounded whatever an announcement says, which a backtracking matcher could not promise.
"""

from __future__ import annotations

import re
import string
from typing import NamedTuple

from .errors import Malformed

_LONGEST = 200
_PLAIN = frozenset(string.ascii_letters + string.digits + " /-:")
_REPEAT = re.compile(r"\{([0-9]{1,3})(?:,([0-9]{1,3}))?\}")
_BEACON = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?")


class _Atom(NamedTuple):
    characters: frozenset[str]
    least: int
    most: int


def valid_pattern(pattern: str) -> bool:
    """Έγκυρη μορφή δημόσιας τύχης: 1 to 200 characters of the grammar of SPEC-draw section 2.

    One or more of a letter, digit, space, `/`, `-`, `:`, or a class `[…]` of these and ranges x-y;
    each may carry `+`, `{n}` or `{m,n}` with numbers up to 200.
    """
    return _atoms(pattern) is not None


def valid_beacon(text: str) -> bool:
    """Έγκυρη τιμή δημόσιας τύχης: 1 to 200 of U+0020 to U+007E, no space at either end."""
    return _BEACON.fullmatch(text) is not None


def beacon_matches(pattern: str, text: str) -> bool:
    """Ταιριάζει η δημόσια τύχη: the pattern matches the whole text. Raises Malformed pattern."""
    atoms = _atoms(pattern)
    if atoms is None:
        raise Malformed("beacon_pattern is not of the announced grammar")
    reached = 1
    for atom in atoms:
        reached = _after(atom, reached, text)
    return bool(reached >> len(text) & 1)


def _after(atom: _Atom, reached: int, text: str) -> int:
    here = sum(1 << place for place, letter in enumerate(text) if letter in atom.characters)
    total = 0
    for count in range(min(atom.most, len(text)) + 1):
        if count >= atom.least:
            total |= reached
        reached = (reached & here) << 1
    return total


def _atoms(pattern: str) -> list[_Atom] | None:
    if not 1 <= len(pattern) <= _LONGEST:
        return None
    atoms, place = [], 0
    while place < len(pattern):
        characters, place = _characters(pattern, place)
        least, most, place = _repeat(pattern, place)
        if not characters or most < least or most > _LONGEST:
            return None
        atoms.append(_Atom(characters, least, most))
    return atoms


def _characters(pattern: str, place: int) -> tuple[frozenset[str], int]:
    if pattern[place] != "[":
        return _PLAIN & {pattern[place]}, place + 1
    end = pattern.find("]", place)
    return (_class(pattern[place + 1 : end]), end + 1) if end > 0 else (frozenset(), len(pattern))


def _class(inside: str) -> frozenset[str]:
    if not _PLAIN.issuperset(inside):
        return frozenset()
    characters: set[str] = set()
    place = 0
    while place < len(inside):
        first, last = inside[place], inside[place]
        if inside[place + 1 : place + 2] == "-" and place + 2 < len(inside):
            last = inside[place + 2]
            place += 2
        if last < first:
            return frozenset()
        characters.update(map(chr, range(ord(first), ord(last) + 1)))
        place += 1
    return frozenset(characters)


def _repeat(pattern: str, place: int) -> tuple[int, int, int]:
    if pattern[place : place + 1] == "+":
        return 1, _LONGEST, place + 1
    found = _REPEAT.match(pattern, place)
    if found is None:
        return 1, 1, place
    least = int(found[1])
    return least, least if found[2] is None else int(found[2]), found.end()
