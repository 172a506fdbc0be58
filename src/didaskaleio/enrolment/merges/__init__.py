"""Σχέδιο συγχωνεύσεων: which filling programmes run, merge or close, without Django (R-043).

`solve` seats as many people as can be in whole groups, with the fewest and nearest moves, and
says how many at most there could be (ADR 30).
"""

from __future__ import annotations

from didaskaleio.enrolment.merges.cases import (
    HOURS_MATCH,
    Case,
    Group,
    Option,
    Person,
    Solved,
    components,
    hours_match,
    near,
)
from didaskaleio.enrolment.merges.solving import solve

__all__ = [
    "HOURS_MATCH",
    "Case",
    "Group",
    "Option",
    "Person",
    "Solved",
    "components",
    "hours_match",
    "near",
    "solve",
]
