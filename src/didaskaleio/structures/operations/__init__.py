"""Operations of room structures: loading the reference data."""

from __future__ import annotations

from didaskaleio.structures.operations.load import Counts, Kind, Reference, load
from didaskaleio.structures.operations.reference import KINDS

__all__ = ["Counts", "Kind", "Reference", "load", "load_reference"]


def load_reference() -> list[Counts]:
    """Load all the shipped reference data; what did not change since last time is skipped."""
    return [load(kind) for kind in KINDS]
