"""Refusals of room registers."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal, StepRefusedError


class CallRefusedError(Refusal):
    """A call, or a change of one, that does not stand: dates, form, audience."""


class FrozenCallError(StepRefusedError):
    """A change of a published call other than by an announced act."""
