"""Refusals of room delivery."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class NotYetError(Refusal):
    """An act before its moment, or after its deadline."""


class IncompleteRollError(Refusal):
    """A sheet cannot be signed while somebody has no mark."""
