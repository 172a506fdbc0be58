"""What the front page and the personal home show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from didaskaleio.credentials.models import Credential
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.dates_display import units_left
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role
from didaskaleio.portal import figures
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.lifecycle import PERIOD
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.queries import coming, phases_of, work_calls
from didaskaleio.registers.queries import announced
from didaskaleio.structures.models import FundedProjectText

OVER = figures.OVER
SHOWN_DATES = 4
SHOWN_PERIODS = 4
SHOWN_CALLS = 3
SOON = timedelta(hours=1)
# whom the phases of a period concern; authors and the operator work outside them
TAKING_PART = tuple(set(Role) - {Role.AUTHOR, Role.APPROVER, Role.OPERATOR})
LEARNERS = frozenset({str(Role.TEACHER)})


@dataclass(frozen=True)
class Line:
    """A date as lists show it: what happens, and of what («Λήξη αιτήσεων: 2η περίοδος»)."""

    date: Appointment
    title: str
    detail: str

    @classmethod
    def of(cls, date: Appointment) -> Line:
        title, _, detail = date.title.partition(": ")
        return cls(date, title, detail)


def lines(dates: Sequence[Appointment]) -> list[Line]:
    """The dates as lists show them."""
    return [Line.of(date) for date in dates]


def public_periods(at: datetime) -> dict[str, Any]:
    """The announced periods that are not over, open ones first, and the next public deadline."""
    rows = list(_by_urgency().select_related("action__body")[:SHOWN_PERIODS])
    moments = [moment for period in rows if (moment := coming(period, at))]
    first = min(moments, key=lambda moment: moment.at, default=None)
    return {
        "periods": [(period, phases_of(period, at)) for period in rows],
        "first": first,
        "units": units_left(first.at - at) if first else [],
        "cycle": PERIOD,
    }


def public_calls(at: datetime) -> dict[str, Any]:
    """The calls that receive candidacies, the latest first, those for work; how many there are."""
    rows, work = announced("open", at), work_calls.announced("open", at)
    return {
        "calls": rows.order_by("-published_at", "-pk")[:SHOWN_CALLS],
        "many_calls": rows.count(),
        "work": work[:SHOWN_CALLS],
        "many_work": work.count(),
    }


def home(actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything on the personal home of ``actor``."""
    todos = agenda.todos_of(actor, at)
    dates = [date for date in agenda.dates_of(actor, at) if date.ends_at >= at]
    learner = actor.holds(Role.TEACHER)
    application = _application(actor, at) if learner else None
    chosen: Any = application or _period(actor, at)
    period = application.period if application else chosen
    first = _first(todos, at) or (_next(dates) if learner and not todos else None)
    return {
        "heading": heading(actor),
        "learner": learner,
        "todos": todos,
        "first": first,
        "ahead": "Επόμενη προθεσμία" if todos else "Επόμενη ημερομηνία",
        "units": units_left(first.due - at) if first and first.due else [],
        "soon": _soon(dates, at),
        "dates": lines([date for date in dates if not date.cancelled][:SHOWN_DATES]),
        "period": period,
        "phases": phases_of(period, at) if period else [],
        "sections": figures.sections(actor, at),
        "units_map": figures.by_unit(actor),
        "supervises": actor.holds(*figures.SUPERVISORS),
        "courses": figures.courses(actor),
        "cycle": PERIOD,
        "funding": chosen.funding if chosen else "",
        "notices": Notice.objects.filter(person_id=actor.user_id or 0).order_by("-at", "-pk")[:4],
    } | (_learning(actor, application) if learner else {})


def _funding(project: str, at: datetime) -> Coalesce:
    """Ταυτότητα συγχρηματοδότησης: the project's sentence in force, for the foot of the page."""
    texts = FundedProjectText.objects.filter(
        project=OuterRef(project), valid_from__lte=at.astimezone(ATHENS).date()
    )
    return Coalesce(
        Subquery(texts.order_by("-valid_from").values("statement")[:1]),
        Value("", output_field=TextField()),
    )


def heading(actor: Actor) -> str:
    """«Η επιμόρφωσή μου» for whoever only learns, «Οι εργασίες μου» for whoever works here."""
    roles = {post.role for post in actor.posts}
    return "Η επιμόρφωσή μου" if roles <= LEARNERS else "Οι εργασίες μου"


def _learning(actor: Actor, application: ParticipationApplication | None) -> dict[str, Any]:
    mine = Credential.objects.filter(person_id=actor.user_id or 0).order_by("-issued_at", "-pk")
    return {
        "application": application,
        "lifecycle": APPLICATION,
        "places": _preferences(application),
        "credentials": mine[:5],
    }


def _first(todos: Sequence[Todo], at: datetime) -> Todo | None:
    """The first task whose moment is still ahead; what is overdue stands in the list in red."""
    return next((todo for todo in todos if todo.due and todo.due > at), None)


def _next(dates: Sequence[Appointment]) -> Todo | None:
    """The next date of whoever has nothing to do, in the place of the first task."""
    date = next((date for date in dates if not date.cancelled), None)
    if date is None:
        return None
    line = Line.of(date)
    return Todo(line.title, date.url, date.starts_at, line.detail)


def _soon(dates: Sequence[Appointment], at: datetime) -> Appointment | None:
    """A meeting that is going on or begins within the hour."""
    meetings = (date for date in dates if date.ends_at > date.starts_at and not date.cancelled)
    return next((date for date in meetings if date.starts_at <= at + SOON), None)


def _application(actor: Actor, at: datetime) -> ParticipationApplication | None:
    rows = ParticipationApplication.objects.filter(person_id=actor.user_id or 0)
    wanted = rows.exclude(period__state__in=OVER)
    wanted = wanted.annotate(funding=_funding("period__action__project", at))
    related = ("period__action", "programme__centre", "programme__cluster", "submission")
    return wanted.select_related(*related).order_by("-period__phase_a_opens").first()


def _by_urgency() -> Any:
    """Announced periods: those in phase A, then in phase B, then the newest announced."""
    urgency = Case(
        When(state=PeriodState.PHASE_A, then=Value(0)),
        When(state=PeriodState.PHASE_B, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = TrainingPeriod.objects.exclude(state__in=OVER)
    return rows.order_by(urgency, "-announced_at", "-phase_a_opens", "pk")


def _period(actor: Actor, at: datetime) -> TrainingPeriod | None:
    if not actor.holds(*TAKING_PART):
        return None
    rows = _by_urgency()
    bodies = actor.scopes(Role.BODY_OFFICER, "body") | actor.scopes(Role.BODY_HEAD, "body")
    if bodies and None not in bodies:
        rows = rows.filter(action__body_id__in=bodies)
    found: TrainingPeriod | None = rows.annotate(funding=_funding("action__project", at)).first()
    return found


def _preferences(application: ParticipationApplication | None) -> list[Programme]:
    if application is None or application.submission is None:
        return []
    codes = application.submission.preferences
    rows = application.period.programmes.filter(code__in=codes)
    found = {row.code: row for row in rows.select_related("centre", "cluster", "category")}
    return [found[code] for code in codes if code in found]
