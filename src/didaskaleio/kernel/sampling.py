"""Sample (δείγμα): which of many are looked at, by a written seed that anybody can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

RULE = (
    "Ταξινόμηση κατά SHA-256 του «σπόρος:κλειδί» (UTF-8, δεκαεξαδικά), επιλογή των πρώτων "
    "και αναγραφή με τη σειρά των κλειδιών."
)


def rank(seed: str, key: str) -> str:
    """By what the keys are ordered."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def drawn(keys: Iterable[str], seed: str, size: int) -> list[str]:
    """The ``size`` keys whose rank by ``seed`` is lowest, in order of key; all if there are fewer.

    Depends on nothing but the set of keys, the seed and the size.
    """
    ranked = sorted(set(keys), key=lambda key: (rank(seed, key), key))
    return sorted(ranked[:size])
