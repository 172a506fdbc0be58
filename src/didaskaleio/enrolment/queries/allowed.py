"""May this person take this programme (δικαίωμα): the first rule that stands in the way."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.enrolment import eligibility
from didaskaleio.enrolment.eligibility import Finding
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import facts, standing
from didaskaleio.programmes.models import Programme


def may_take(
    application: ParticipationApplication, programme: Programme, at: datetime
) -> Finding | None:
    """The first finding that forbids the programme to the person, None when nothing does."""
    found = standing.standing(programme.period, application.person_id, application, at)
    known = facts.programme_facts([programme], found.person)
    local = eligibility.for_programme(found.person, known[programme.pk], found.period.articles)
    cited = eligibility.cited([*found.findings, *local], found.period.articles)
    return next(iter(eligibility.forbidding(cited)), None)


def will_teach(application: ParticipationApplication, at: datetime) -> Finding | None:
    """The finding that says the person will not teach in the period, None when they will."""
    found = standing.standing(application.period, application.person_id, application, at)
    return next(
        (
            finding
            for finding in eligibility.forbidding(found.findings)
            if finding.code == eligibility.Code.NOT_TEACHING
        ),
        None,
    )
