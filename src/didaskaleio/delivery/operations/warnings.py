"""Early warning of absences (έγκαιρη προειδοποίηση): at two thirds of the limit and beyond it."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery import notices, queries
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.programmes.models import Programme


def warn(programme: Programme, *, at: datetime) -> int:
    """Tell each trainee who has reached the warning or passed the limit; each news once."""
    told = 0
    for absence in queries.absences_of(programme, at):
        standing, application = absence.standing, absence.application
        if application.state != ApplicationState.ENROLLED or not (standing.near or standing.over):
            continue
        notices.absences(application, standing.in_words(), over=standing.over, at=at)
        if standing.over:
            notices.limit_passed(programme, application, at=at)
        told += 1
    return told
