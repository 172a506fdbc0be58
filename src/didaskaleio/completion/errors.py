"""Refusals of room completion; each sentence says what to do next."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class NotFulfilledError(Refusal):
    """An attestation whose rules do not hold any more, after a correction."""


class NotFinishedError(Refusal):
    """A programme that is still running, or whose sheets are not all signed."""


class UnchangedError(Refusal):
    """A new version was asked for, though nothing has changed."""


class TooManyError(Refusal):
    """More attestations in one batch than one batch takes."""


class NoWorkError(Refusal):
    """An employment attestation of somebody without an hour on a signed sheet."""


class AskedAlreadyError(Refusal):
    """An employment attestation that was asked for, or issued, before."""


class PackError(Refusal):
    """A pack of documents that cannot be asked for, or given, as things stand."""


class MeasureError(Refusal):
    """A measure of a project that cannot be written as it stands."""
