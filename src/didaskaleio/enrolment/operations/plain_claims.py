"""The plain request (απλό αίτημα) of phase B: decided by the database in one round trip.

A request is plain when the person certainly may take the programme, holds no place, waits
nowhere. The rules of ``eligibility`` alone say who may not, and why: what is not certain is left
to them. Tests hold the two against each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import connection
from django.urls import reverse

from didaskaleio.enrolment import notices
from didaskaleio.enrolment.enums import LogOutcome
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.operations import filling
from didaskaleio.kernel import events
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.parameters import DEFAULTS

QUERY = "SELECT * FROM enrolment_plain_claim(%s, %s, %s, %s, %s, %s, %s)"
STEP = APPLICATION.steps["claim"]


@dataclass(frozen=True)
class Plain:
    """What the database decided: outcome, its place in the order, name of the programme."""

    outcome: LogOutcome
    sequence: int
    programme: str


def decide(period: str, code: str, *, actor: Actor, at: datetime) -> Plain | None:
    """Decide a plain request, with its log, journal, public change and notice; None otherwise.

    ``period`` and ``code`` name the programme. Nothing is written when the request is not plain,
    but locks may be held: end the transaction before anything else is asked.
    """
    asked = (period, code, actor.user_id, actor.name, at, DEFAULTS.completed_once_refused)
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [*asked, _wording()])
        row = cursor.fetchone()
    if row is None:
        return None
    application_id, programme_id, name, outcome, sequence, fills, mailing = row
    if outcome == LogOutcome.PLACED:
        _publish(application_id, actor, at)
        if fills:
            programme = Programme.objects.get(pk=programme_id)
            filling.reach_minimum(programme, actor=SYSTEM, at=at)
        if not mailing:
            sending.mail_soon()
    return Plain(LogOutcome(outcome), sequence, name)


@cache
def _wording() -> str:
    """What journal and notice say, as JSON."""
    words = {
        "act": STEP.done or STEP.label,
        "kind": notices.PLACED.name,
        "title": notices.PLACE_TAKEN,
        "text": notices.PLACE_TAKEN_TEXT.format(programme="%1$s", number="%2$s"),
        "url": reverse("enrolment:application"),
    }
    return json.dumps(words)


def _publish(application_id: int, actor: Actor, at: datetime) -> None:
    events.publish(
        events.StepsTaken(
            APPLICATION.name, STEP.name, STEP.target, (application_id,), actor.user_id, at
        )
    )
