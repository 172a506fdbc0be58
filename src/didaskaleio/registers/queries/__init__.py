"""Questions of room registers: calls by window, members, documents of answers, tenders."""

from __future__ import annotations

from didaskaleio.registers.queries.answers import Said, answers_in_words, differs
from didaskaleio.registers.queries.calls import (
    NO_LEVEL,
    WINDOWS,
    announced,
    audience_findings,
    audience_words,
    bodies_of,
    concerned,
    drawn_on,
    forms_of,
)
from didaskaleio.registers.queries.evidence import (
    asked_labels,
    paper_problems,
    paper_questions,
    papers_of,
    wallet,
    with_uses,
)
from didaskaleio.registers.queries.membership import (
    WEEKDAYS,
    clusters_of,
    day_question,
    free_on,
    in_cluster,
    in_prefecture,
    matching,
    members,
    registers,
    registers_found,
    with_place,
)
from didaskaleio.registers.queries.offers import (
    JUDGED,
    contracted_centres,
    order_of_offers,
    tenders,
)

__all__ = [
    "JUDGED",
    "NO_LEVEL",
    "WEEKDAYS",
    "WINDOWS",
    "Said",
    "announced",
    "answers_in_words",
    "asked_labels",
    "audience_findings",
    "audience_words",
    "bodies_of",
    "clusters_of",
    "concerned",
    "contracted_centres",
    "day_question",
    "differs",
    "drawn_on",
    "forms_of",
    "free_on",
    "in_cluster",
    "in_prefecture",
    "matching",
    "members",
    "order_of_offers",
    "paper_problems",
    "paper_questions",
    "papers_of",
    "registers",
    "registers_found",
    "tenders",
    "wallet",
    "with_place",
    "with_uses",
]
