"""What the front page and the personal home show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.credentials.models import Credential
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.dates_display import units_left
from didaskaleio.kernel.models import Notice
from didaskaleio.portal.phases import Phase, phases
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.models import TrainingPeriod

HIDDEN = (PeriodState.DRAFT, PeriodState.CANCELLED)
SHOWN_DATES = 4


def public_periods(at: datetime) -> list[tuple[TrainingPeriod, list[Phase]]]:
    """The announced periods that are not over, the one that opened last first."""
    rows = TrainingPeriod.objects.exclude(state__in=(*HIDDEN, PeriodState.CLOSED))
    periods = rows.select_related("action").order_by("-phase_a_opens")[:4]
    return [(period, phases(period, at)) for period in periods]


def home(actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything on the personal home of ``actor``."""
    todos = agenda.todos_of(actor, at)
    dates = [date for date in agenda.dates_of(actor, at) if date.ends_at >= at]
    application = _application(actor)
    period = application.period if application else _period(actor)
    return {
        "todos": todos,
        "first": todos[0] if todos and todos[0].due else None,
        "units": _units(todos, at),
        "dates": dates[:SHOWN_DATES],
        "application": application,
        "lifecycle": APPLICATION,
        "places": _preferences(application),
        "period": period,
        "phases": phases(period, at) if period else [],
        "credentials": Credential.objects.filter(person_id=actor.user_id).order_by("-issued_at")[
            :5
        ],
        "notices": Notice.objects.filter(person_id=actor.user_id).order_by("-at", "-pk")[:4],
    }


def _units(todos: list[agenda.Todo], at: datetime) -> list[tuple[str, str]]:
    """What is left until the first deadline, in the squares of the countdown."""
    due = todos[0].due if todos else None
    return units_left(due - at) if due and due > at else []


def _application(actor: Actor) -> ParticipationApplication | None:
    rows = ParticipationApplication.objects.filter(person_id=actor.user_id)
    wanted = rows.exclude(period__state__in=(*HIDDEN, PeriodState.CLOSED))
    related = ("period__action", "programme__centre", "programme__cluster", "submission")
    return wanted.select_related(*related).order_by("-period__phase_a_opens").first()


def _period(actor: Actor) -> TrainingPeriod | None:
    rows = TrainingPeriod.objects.exclude(state__in=(*HIDDEN, PeriodState.CLOSED))
    bodies = actor.scopes("body_officer", "body") | actor.scopes("body_head", "body")
    if bodies - {None}:
        rows = rows.filter(action__body_id__in=bodies)
    return rows.select_related("action").order_by("-phase_a_opens").first()


def _preferences(application: ParticipationApplication | None) -> list[Any]:
    if application is None or application.submission is None:
        return []
    codes = application.submission.preferences
    found = {
        programme.code: programme
        for programme in application.period.programmes.filter(code__in=codes).select_related(
            "centre", "cluster", "category"
        )
    }
    return [found[code] for code in codes if code in found]
