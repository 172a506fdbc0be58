"""The plain request (απλό αίτημα) of phase B: decided by the database in one round trip.

A request is plain when the person certainly may take the programme, holds no place, waits
nowhere, and nothing else follows from the answer. The rules of ``eligibility`` alone say who may
not, and why: what is not certain is left to them. Tests hold the two against each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse

from didaskaleio.enrolment import notices
from didaskaleio.enrolment.enums import LogOutcome
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.queries import facts
from didaskaleio.kernel import events
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.parameters import DEFAULTS

QUERY = "SELECT * FROM enrolment_plain_claim(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
STEP = APPLICATION.steps["claim"]


@dataclass(frozen=True)
class Plain:
    """What the database decided: outcome and its place in the order."""

    outcome: LogOutcome
    sequence: int


def decide(programme: Programme, *, actor: Actor, at: datetime) -> Plain | None:
    """Decide a plain request, with its log, journal, public change and notice; None otherwise.

    ``programme`` comes with its period, action and course version. Nothing is written, and no
    programme or application stays locked, when the request is not plain.
    """
    profile = programme.period.action.course_version.trainee_profile
    rules = facts.profile_facts(programme.period, profile, DEFAULTS)
    if rules.employments:
        return None
    asked = (programme.period_id, programme.pk, actor.user_id, actor.name, at)
    kinds = (list(rules.required), list(rules.excluding), rules.completed_once_refused)
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [*asked, *kinds, json.dumps(_wording(programme))])
        row = cursor.fetchone()
    if row is None:
        return None
    application_id, outcome, sequence, mailing = row
    if outcome == LogOutcome.PLACED:
        _publish(application_id, actor, at)
        if not mailing:
            sending.mail_soon()
    return Plain(LogOutcome(outcome), sequence)


def _wording(programme: Programme) -> dict[str, str]:
    kind, title, text = notices.place_taken(programme)
    return {
        "act": STEP.done or STEP.label,
        "kind": kind.name,
        "title": title,
        "text": text.replace("%", "%%").format(number="%s"),
        "url": reverse("enrolment:application"),
    }


def _publish(application_id: int, actor: Actor, at: datetime) -> None:
    events.publish(
        events.StepsTaken(
            APPLICATION.name, STEP.name, STEP.target, (application_id,), actor.user_id, at
        )
    )
