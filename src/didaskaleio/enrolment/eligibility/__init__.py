"""Eligibility (επιλεξιμότητα): who may take what, rule by rule, with the values that decide.

Pure. Source: seed 001 §2–3, R3 of the domain, R-036. ``general`` holds for person and period,
``for_programme`` for person and programme; each rule gives one finding, fulfilled or not.
"""

from __future__ import annotations

from didaskaleio.enrolment.eligibility.facts import (
    ARTICLES,
    SPECIAL_EDUCATION,
    TITLES,
    Addressed,
    Away,
    Code,
    Finding,
    Held,
    Named,
    PeriodFacts,
    PersonFacts,
    ProgrammeFacts,
    Serving,
)
from didaskaleio.enrolment.eligibility.findings import (
    cited,
    first_teaching_day,
    for_programme,
    forbidding,
    general,
    shown_category,
)

__all__ = [
    "ARTICLES",
    "SPECIAL_EDUCATION",
    "TITLES",
    "Addressed",
    "Away",
    "Code",
    "Finding",
    "Held",
    "Named",
    "PeriodFacts",
    "PersonFacts",
    "ProgrammeFacts",
    "Serving",
    "cited",
    "first_teaching_day",
    "for_programme",
    "forbidding",
    "general",
    "shown_category",
]
