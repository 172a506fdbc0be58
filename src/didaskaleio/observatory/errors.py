"""Refusals (αρνήσεις) of room observatory."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class DefinitionError(Refusal):
    """What is asked of a report is not among what the rooms declare, or is too much."""


class TooLargeError(Refusal):
    """More groups, or lines of a PDF, than a person reads."""


class ShareError(Refusal):
    """An audience outside the bodies and roles that the owner acts for."""


class DeliveryMissingError(Refusal):
    """A request is delivered without a file or a report."""


class ForecastRefusedError(Refusal):
    """A forecast of days or assumptions that cannot be; ``code`` names the field."""
