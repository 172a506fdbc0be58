"""Κατάταξη (ranking), as pure code: points → one total order → a table that anybody recomputes.

Knows neither Django nor a database. The room makes one :func:`entry` of each candidacy's answers,
ranks them, and publishes what :func:`write_table` and :func:`write_rules` give; the command
``didaskaleio ranking verify`` computes all of it again. Formats: ``docs/ranking.md``.
"""

from __future__ import annotations

from .errors import MalformedError
from .ordering import Entry, Outcome, Standing, entry, rank
from .rules import Exclusion, Lot, Rules, Stage, Threshold
from .rules import read as read_rules
from .rules import write as write_rules
from .table import write as write_table
from .verification import Difference, Verdict, verify

__all__ = [
    "Difference",
    "Entry",
    "Exclusion",
    "Lot",
    "MalformedError",
    "Outcome",
    "Rules",
    "Stage",
    "Standing",
    "Threshold",
    "Verdict",
    "entry",
    "rank",
    "read_rules",
    "verify",
    "write_rules",
    "write_table",
]
