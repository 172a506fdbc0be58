"""Refusals of room courses."""

from __future__ import annotations

from collections.abc import Sequence

from didaskaleio.kernel.errors import Refusal, StepRefusedError


class IncompleteCourseError(StepRefusedError):
    """A design, or material, that is not complete yet; ``missing`` names each gap."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(f"Δεν είναι ακόμη πλήρες: {' '.join(missing)}", code="incomplete")


class FrozenVersionError(Refusal):
    """A change of a version that has been approved and is frozen."""


class OwnWorkError(StepRefusedError):
    """An approval by somebody who wrote the version."""


class ProgrammeHoursError(Refusal):
    """A programme category whose hours are not those of its course (R-004)."""
