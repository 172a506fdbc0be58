"""Αυτόματος σχεδιασμός: timetable, people and rooms of many programmes at once, without Django.

`arrange` finds plans that keep all rules of `timetable` and cost least by the wishes, `explain`
says which rules cannot hold together and what to change, `in_words` puts that in Greek.
"""

from didaskaleio.programmes.solver.books import (
    BANDS,
    Band,
    Books,
    Outcome,
    Person,
    Planned,
    Wanted,
    components,
)
from didaskaleio.programmes.solver.drafting import Group, Unit
from didaskaleio.programmes.solver.explanation import Explanation, explain
from didaskaleio.programmes.solver.solving import arrange
from didaskaleio.programmes.solver.wording import repair_in_words, rule_in_words

__all__ = [
    "BANDS",
    "Band",
    "Books",
    "Explanation",
    "Group",
    "Outcome",
    "Person",
    "Planned",
    "Unit",
    "Wanted",
    "arrange",
    "components",
    "explain",
    "repair_in_words",
    "rule_in_words",
]
