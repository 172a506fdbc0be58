"""Rules of room delivery that need no database: sheets, codes of a room, signs of presence."""

from __future__ import annotations

from didaskaleio.delivery.rules.sheet import Marking, canonical, changes, digest, in_words, tally

__all__ = ["Marking", "canonical", "changes", "digest", "in_words", "tally"]
