"""Refusals (αρνήσεις) of room connectors."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class HeadingsError(Refusal):
    """No headings of teachers among the first rows of the file."""


class MappingError(Refusal):
    """A column that is needed has none of the file, or one column is given twice."""


class CorrectionError(Refusal):
    """A request that cannot be filed: one stands open, or there is no record to correct."""


class EarlierError(Refusal):
    """The facts of the file are older than what was imported already, or of a day to come."""


class FileLostError(Refusal):
    """The stored export is no longer in the store, or no longer what was stored."""


class NotConnectedError(Refusal):
    """No service of MySchool is named in the settings."""


class PullOpenError(Refusal):
    """A pull is under way, or its import waits for somebody to look at it."""
