"""Refusals of room small_actions."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class SmallActionRefusedError(Refusal):
    """The content of a small action does not hold; ``code`` names the field."""


class SeatRefusedError(Refusal):
    """Somebody cannot take a seat, or declare presence, now."""


class RollRefusedError(Refusal):
    """The roll of a small action cannot be closed yet."""
