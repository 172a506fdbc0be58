"""Refusals of room surveys; each sentence says what to do next."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class LaunchRefusedError(Refusal):
    """A questionnaire that cannot go out: no version, nobody to ask, once already."""


class AnswerRefusedError(Refusal):
    """An answer that comes too late, too early or twice."""


class DispatchRefusedError(Refusal):
    """A package that says nothing, or nothing new."""
