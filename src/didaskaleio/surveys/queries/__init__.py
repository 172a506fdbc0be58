"""Questions of room surveys: progress, the results of one survey, comparisons of many."""

from __future__ import annotations

from didaskaleio.surveys.queries.comparing import (
    Item,
    Line,
    closed_of,
    compared,
    items_of,
    left_out,
)
from didaskaleio.surveys.queries.listing import (
    newest,
    open_for,
    progress,
    questionnaires,
    school_year,
    surveys,
    years_of,
)
from didaskaleio.surveys.queries.results import Bar, Result, Words, results, texts, words
from didaskaleio.surveys.suppression import SMALLEST

__all__ = [
    "SMALLEST",
    "Bar",
    "Item",
    "Line",
    "Result",
    "Words",
    "closed_of",
    "compared",
    "items_of",
    "left_out",
    "newest",
    "open_for",
    "progress",
    "questionnaires",
    "results",
    "school_year",
    "surveys",
    "texts",
    "words",
    "years_of",
]
