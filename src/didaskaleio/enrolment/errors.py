"""Refusals (αρνήσεις) of room enrolment, each with the sentence for the person at the screen."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class NotOpenError(Refusal):
    """The phase does not take applications at this moment."""


class NotEligibleError(Refusal):
    """A rule of eligibility stands in the way; ``rule`` cites the article."""


class PreferencesError(Refusal):
    """No preference, an unknown programme, or categories out of order."""


class UndeclaredError(Refusal):
    """A declaration or an acceptance that the submission needs is missing."""


class ChangedMeanwhileError(Refusal):
    """Another tab or a second click acted first."""


class BeaconRuleError(Refusal):
    """A rule of the beacon that cannot be announced."""


class BeaconRefusedError(Refusal):
    """An entered beacon that is too early, of another form, or by the same person."""


class SecretUnavailableError(Refusal):
    """The platform's copy of the secret does not open; the ministry's copy is needed."""
