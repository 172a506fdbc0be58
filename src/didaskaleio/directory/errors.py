"""Refusals of room directory."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class StructureRefusedError(Refusal):
    """An entry of the directory, or a change of it, that does not stand."""


class OfficeRefusedError(Refusal):
    """An office that does not stand: a second head, one that is held or gone."""


class TermRefusedError(Refusal):
    """An appointment that does not stand: dates, person, call, an office that is not free."""


class EngagementRefusedError(Refusal):
    """A time-limited post that does not stand: person, host, days, right."""
