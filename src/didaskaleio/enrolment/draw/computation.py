"""The computation of the draw (υπολογισμός της κλήρωσης): seed, order, places, waiting lists."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .collector import paused_collector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .bundle import Bundle, Frozen

_BLOCK = 64  # bytes of a SHA-256 block
_NO_PLACE = -1


@dataclass(frozen=True, slots=True)
class Result:
    """Αποτέλεσμα της κλήρωσης: as published; ids as text, None for no place.

    `order` and each list of `waiting` are in draw order; `placements` has every application,
    `waiting` and `viable` every programme. Source: SPEC-draw section 4.
    """

    seed: str
    order: list[str]
    placements: dict[str, str | None]
    waiting: dict[str, list[str]]
    viable: dict[str, bool]


def draw(bundle: Bundle) -> Result:
    """Κλήρωση: everything that follows from the bundle, without chance. SPEC-draw section 3."""
    with paused_collector():
        seed = seed_of(bundle)
        order = draw_order(seed, bundle.frozen.numbers)
        placed = place(bundle.frozen, order)
        waiting = wait(bundle.frozen, order, placed)
        return _named(bundle.frozen, seed, order, placed, waiting)


def seed_of(bundle: Bundle) -> bytes:
    """Σπόρος: SHA-256 of secret, freeze and beacon; a lost secret is replaced by the commitment."""
    secret = bundle.commitment if bundle.secret is None else bundle.secret
    parts = bytes.fromhex(secret), bytes.fromhex(bundle.freeze), bundle.beacon.encode()
    return hashlib.sha256(b"".join(parts)).digest()


def draw_order(seed: bytes, numbers: Sequence[str]) -> list[int]:
    """Σειρά της κλήρωσης: positions in `numbers` by ascending HMAC-SHA-256 of the number.

    `numbers` are sorted, so that equal digests stay in the order of their ids.
    """
    key = seed.ljust(_BLOCK, b"\0")
    # The two keyed states are made once and copied: half the time of a new HMAC for each.
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key)).copy
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key)).copy
    digests: list[bytes] = []
    keep = digests.append
    for number in numbers:
        inside = inner()
        inside.update(number.encode())
        outside = outer()
        outside.update(inside.digest())
        keep(outside.digest())
    return sorted(range(len(digests)), key=digests.__getitem__)


def place(frozen: Frozen, order: Sequence[int]) -> list[int]:
    """Τοποθέτηση: for each application the programme's position, or -1.

    In draw order each takes the first of its preferences that has a free place.
    """
    free = [programme.capacity for programme in frozen.programmes]
    placed = [_NO_PLACE] * len(frozen.numbers)
    preferences = frozen.preferences
    for application in order:
        for programme in preferences[application]:
            if free[programme]:
                free[programme] -= 1
                placed[application] = programme
                break
    return placed


def wait(frozen: Frozen, order: Sequence[int], placed: Sequence[int]) -> list[list[str]]:
    """Λίστες επιλαχόντων: for each programme the numbers without any place that list it."""
    waiting: list[list[str]] = [[] for _ in frozen.programmes]
    join = [entries.append for entries in waiting]
    numbers, preferences = frozen.numbers, frozen.preferences
    for application in order:
        if placed[application] == _NO_PLACE:
            number = numbers[application]
            for programme in preferences[application]:
                join[programme](number)
    return waiting


def _named(
    frozen: Frozen, seed: bytes, order: list[int], placed: list[int], waiting: list[list[str]]
) -> Result:
    numbers, programmes = frozen.numbers, frozen.programmes
    taken = [0] * (len(programmes) + 1)  # the last one counts those without a place
    for programme in placed:
        taken[programme] += 1
    ids: list[str | None] = [*(programme.id for programme in programmes), None]
    return Result(
        seed=seed.hex(),
        order=[numbers[application] for application in order],
        placements={
            number: ids[programme] for number, programme in zip(numbers, placed, strict=True)
        },
        waiting={one.id: entries for one, entries in zip(programmes, waiting, strict=True)},
        viable={
            one.id: count >= max(one.minimum, 1)
            for one, count in zip(programmes, taken, strict=False)
        },
    )
