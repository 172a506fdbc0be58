"""Pure rules of applying: the order of preferences, the number, the running head."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

FIRST_HEAD = "00" * 32
T = TypeVar("T")
LOWEST, COUNT = 10_000_000, 90_000_000


def next_head(head: str, number: str) -> str:
    """Κεφαλή αλυσίδας h_n = SHA-256(h_{n-1} ‖ number), 64 hex digits (SPEC-draw §1.2)."""
    return hashlib.sha256(bytes.fromhex(head) + number.encode()).hexdigest()


def heads(numbers: Iterable[str], start: str = FIRST_HEAD) -> list[str]:
    """The head after each number of ``numbers``, in order of issue."""
    found: list[str] = []
    for number in numbers:
        start = next_head(start, number)
        found.append(start)
    return found


def new_number(is_taken: Callable[[str], bool]) -> str:
    """Τυχαίος αριθμός κλήρωσης: eight digits, the first not 0, not taken in the period."""
    while True:
        number = str(LOWEST + secrets.randbelow(COUNT))
        if not is_taken(number):
            return number


def first_step_back(orders: Sequence[int]) -> int | None:
    """The first position whose category stands before the one above it (R4, 001 §4), or None.

    ``orders`` are the places of the preferences' categories in the order of the action.
    """
    steps = (i for i in range(1, len(orders)) if orders[i] < max(orders[:i]))
    return next(steps, None)


def repaired(items: Sequence[T], orders: Sequence[int]) -> list[T]:
    """The nearest allowed order: categories in order, the person's own order within each."""
    return [item for _, item in sorted(zip(orders, items, strict=True), key=lambda pair: pair[0])]


DRAND_CHAIN = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
DRAND_GENESIS, DRAND_SECONDS = 1_595_431_050, 30


def drand_round(moment: datetime) -> tuple[int, datetime]:
    """Γύρος drand: the first round of the default chain at or after ``moment``, and its moment."""
    passed = max(0, -(-(math.ceil(moment.timestamp()) - DRAND_GENESIS) // DRAND_SECONDS))
    at = datetime.fromtimestamp(DRAND_GENESIS + passed * DRAND_SECONDS, UTC)
    return passed + 1, at
