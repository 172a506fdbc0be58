"""Things to do and dates of room delivery, by subject."""

from __future__ import annotations

from didaskaleio.delivery.agenda.sessions import (
    centre_decisions,
    disputes_to_decide,
    programmes_to_start,
    session_dates,
    trainers_duties,
)
from didaskaleio.delivery.agenda.visits import (
    answers_owed,
    inspectors_duties,
    officers_decisions,
    visit_dates,
)
from didaskaleio.delivery.agenda.work import (
    feedback_owed,
    own_work,
    tasks_to_do,
)

__all__ = [
    "answers_owed",
    "centre_decisions",
    "disputes_to_decide",
    "feedback_owed",
    "inspectors_duties",
    "officers_decisions",
    "own_work",
    "programmes_to_start",
    "session_dates",
    "tasks_to_do",
    "trainers_duties",
    "visit_dates",
]
