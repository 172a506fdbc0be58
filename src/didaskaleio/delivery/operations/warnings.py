"""Early warning of absences (έγκαιρη προειδοποίηση): near the limit, one before it, beyond it."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.hours import Standing
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.programmes.models import Programme


def warn(programme: Programme, *, at: datetime) -> int:
    """Tell each trainee how they stand, and from one absence before the limit on the trainer too.

    Each news is told once.
    """
    told = 0
    for absence in queries.absences_of(programme, at):
        standing, application = absence.standing, absence.application
        if application.state == ApplicationState.ENROLLED and _news(standing):
            _tell(programme, application, standing, at)
            told += 1
    return told


def _news(standing: Standing) -> bool:
    return standing.near or standing.edge or standing.lost


def _tell(
    programme: Programme, application: ParticipationApplication, standing: Standing, at: datetime
) -> None:
    notices.absences(application, standing, at=at)
    if standing.edge or standing.lost:
        notices.trainee_at_limit(programme, application, standing, at=at)
    if standing.lost:
        notices.limit_passed(programme, application, at=at)
